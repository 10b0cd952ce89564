package org.jobfold.backend.mpj;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jobfold.call.MpiCall;

/**
 * The users' classes in a rank: a class loader for each class path, which sees MPJ Express, {@code
 * org.jobfold.call} and the JDK, and nothing of what jobfold brings for itself. Thread-safe.
 */
final class UserClasses {
  /** Calls with equal class paths share what is static; no more of them are kept than this. */
  private static final int KEPT = 16;

  private static final Pattern SHARED =
      Pattern.compile("(mpi|mpjdev|mpjbuf|xdev)\\..*|org\\.jobfold\\.call\\..*");

  private final ClassLoader shared = new Shared(UserClasses.class.getClassLoader());
  private final Map<List<String>, URLClassLoader> loaders = new HashMap<>();

  /** A class is no call; the message says why. */
  static final class NoCallException extends Exception {
    private static final long serialVersionUID = 1L;

    private NoCallException(String message, Throwable cause) {
      super(message, cause);
    }

    private NoCallException(String message) {
      super(message);
    }
  }

  /**
   * A new instance of a call.
   *
   * @throws NoCallException if there is none
   * @throws InvocationTargetException if its constructor threw
   */
  MpiCall instance(String className, List<String> classpath)
      throws NoCallException, InvocationTargetException {
    Class<? extends MpiCall> type = type(className, classpath);
    try {
      Constructor<? extends MpiCall> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw e;
    } catch (ExceptionInInitializerError e) {
      throw new InvocationTargetException(e);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new NoCallException(
          "class '"
              + className
              + "' can not be made: give it a constructor without parameters ("
              + e
              + ")",
          e);
    }
  }

  private synchronized Class<? extends MpiCall> type(String className, List<String> classpath)
      throws NoCallException {
    try {
      Class<?> type = Class.forName(className, false, loader(classpath));
      if (MpiCall.class.isAssignableFrom(type)) {
        return type.asSubclass(MpiCall.class);
      }
    } catch (ClassNotFoundException e) {
      forget(classpath);
      throw new NoCallException(
          "class '"
              + className
              + "' was not found in '"
              + String.join(java.io.File.pathSeparator, classpath)
              + "': add its jar or directory to 'classpath'",
          e);
    } catch (LinkageError e) {
      forget(classpath);
      throw new NoCallException("class '" + className + "' can not be loaded: " + e, e);
    }
    forget(classpath);
    throw new NoCallException(
        "class '"
            + className
            + "' is no MPI call: let it implement "
            + MpiCall.class.getName()
            + ", or set 'mpi: false' to run it in a JVM of its own");
  }

  private URLClassLoader loader(List<String> classpath) {
    if (loaders.size() >= KEPT && !loaders.containsKey(classpath)) {
      List.copyOf(loaders.keySet()).forEach(this::forget);
    }
    return loaders.computeIfAbsent(
        classpath, path -> new URLClassLoader(urls(path).toArray(URL[]::new), shared));
  }

  /** The classes that a call has loaded go on; it loads no more. */
  private void forget(List<String> classpath) {
    // Not closed: a call that runs may still load classes by it. It goes when nothing uses it.
    loaders.remove(classpath);
  }

  private static List<URL> urls(List<String> classpath) {
    List<URL> urls = new ArrayList<>();
    for (String entry : classpath) {
      try {
        urls.add(Path.of(entry).toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalStateException("'" + entry + "' is no place of classes", e);
      }
    }
    return urls;
  }

  /** What a user's class sees beside its own. */
  private static final class Shared extends ClassLoader {
    private final ClassLoader own;

    private Shared(ClassLoader own) {
      super(ClassLoader.getPlatformClassLoader());
      this.own = own;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (SHARED.matcher(name).matches()) {
        return own.loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
