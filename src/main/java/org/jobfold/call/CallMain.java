package org.jobfold.call;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The main of the JVM that runs a call. Its argument is the binary name of a class that implements
 * {@link JobCall}, or else has a {@code static void main(String[])}, which is then run with no
 * arguments.
 *
 * <p>The JVM ends with 0 if the call succeeded, 1 if it failed, 2 if there is no such call.
 */
public final class CallMain {
  private static final int SUCCEEDED = 0;
  private static final int FAILED = 1;
  private static final int NO_CALL = 2;

  private CallMain() {}

  /** Runs the call. */
  public static void main(String[] args) {
    int code = args.length == 1 ? run(args[0]) : refuse("name one class as the only argument");
    // After a success of a plain main, its threads may go on, as they would without us.
    if (code != SUCCEEDED) {
      System.exit(code);
    }
  }

  private static int run(String className) {
    Class<?> type;
    try {
      type = Class.forName(className, false, CallMain.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return refuse(
          "class '"
              + className
              + "' was not found in '"
              + System.getProperty("java.class.path")
              + "': add its jar or directory to 'classpath'");
    } catch (LinkageError e) {
      return refuse("class '" + className + "' can not be loaded: " + e);
    }
    if (JobCall.class.isAssignableFrom(type)) {
      return instance(type.asSubclass(JobCall.class));
    }
    Optional<Method> main = mainOf(type);
    if (main.isEmpty() && isMpiCall(type)) {
      return refuse(
          "class '"
              + className
              + "' is called inside the ranks of an MPJ Express world: write 'mpi: true'");
    }
    return main.isPresent()
        ? plain(main.get())
        : refuse(
            "class '"
                + className
                + "' is no call: let it implement "
                + JobCall.class.getName()
                + ", or give it a 'public static void main(String[])'");
  }

  /** By its name: what it needs of MPJ Express is not there. */
  private static boolean isMpiCall(Class<?> type) {
    return Arrays.stream(type.getInterfaces())
        .anyMatch(each -> each.getName().equals("org.jobfold.call.MpiCall"));
  }

  private static int instance(Class<? extends JobCall> type) {
    JobCall call;
    try {
      Constructor<? extends JobCall> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      call = constructor.newInstance();
    } catch (InvocationTargetException | ExceptionInInitializerError e) {
      return failed(e);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return refuse(
          "class '"
              + type.getName()
              + "' can not be made: give it a constructor without parameters ("
              + e
              + ")");
    }
    int code = called(call, context(System.getenv()));
    if (code == SUCCEEDED) {
      // A thread pool that the call forgot must not hold the ranks.
      System.exit(SUCCEEDED);
    }
    return code;
  }

  /** Makes the call, if it need be made, and judges it. */
  static int called(JobCall call, CallContext context) {
    try {
      if (!context.overwrite() && isDone(call, context)) {
        System.out.println("the files show success already: the call is passed over");
        return SUCCEEDED;
      }
    } catch (IllegalArgumentException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
    int code = SUCCEEDED;
    try {
      call.call(context);
    } catch (Throwable e) {
      code = failed(e);
    }
    Optional<Boolean> verdict;
    try {
      verdict = call.successful(context);
    } catch (Throwable e) {
      return failed(e);
    }
    if (verdict.isEmpty()) {
      return code;
    }
    if (verdict.get()) {
      return SUCCEEDED;
    }
    if (code == SUCCEEDED) {
      System.err.println(
          "the call ended, but its files in '" + context.directory() + "' do not show success");
    }
    return FAILED;
  }

  private static boolean isDone(JobCall call, CallContext context) {
    try {
      return call.successful(context).orElse(false);
    } catch (Exception e) {
      return false;
    }
  }

  private static Optional<Method> mainOf(Class<?> type) {
    try {
      Method main = type.getMethod("main", String[].class);
      return Modifier.isStatic(main.getModifiers()) ? Optional.of(main) : Optional.empty();
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  private static int plain(Method main) {
    try {
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
      return SUCCEEDED;
    } catch (ReflectiveOperationException | RuntimeException | ExceptionInInitializerError e) {
      return failed(e);
    }
  }

  private static CallContext context(Map<String, String> environment) {
    String hosts = environment.getOrDefault("JOBFOLD_HOSTS", "localhost");
    return new CallContext(
        CallParams.of(environment.getOrDefault(CallParams.VARIABLE, "")),
        Path.of("").toAbsolutePath(),
        environment.getOrDefault("JOBFOLD_FOLDER", "/"),
        Integer.parseInt(environment.getOrDefault("JOBFOLD_TRIAL", "1")),
        Integer.parseInt(environment.getOrDefault("JOBFOLD_RANKS", "1")),
        List.of(hosts.split(",")));
  }

  private static int failed(Throwable thrown) {
    Throwable cause = thrown.getCause();
    Throwable shown = thrown instanceof InvocationTargetException && cause != null ? cause : thrown;
    shown.printStackTrace();
    // Once more at the end: the last lines are what a report of failures shows.
    System.err.println("jobfold call: " + shown);
    return FAILED;
  }

  private static int refuse(String message) {
    System.err.println("jobfold call: " + message);
    return NO_CALL;
  }
}
