package org.jobfold.call;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Calls for tests. */
public final class Calls {
  private Calls() {}

  /** Writes what it was told. */
  public static final class Tells implements JobCall {
    @Override
    public void call(CallContext context) throws IOException {
      Files.writeString(context.directory().resolve("told"), context.toString());
    }
  }

  /**
   * Adds a line to a file, and throws if it is told so. The files show success when there are at
   * least so many lines as the param {@code lines} says.
   */
  public static final class Counts implements JobCall {
    @Override
    public void call(CallContext context) throws IOException {
      Files.writeString(
          context.directory().resolve("lines"),
          "line\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      if (context.find("throws").isPresent()) {
        throw new IllegalStateException(context.text("throws"));
      }
    }

    @Override
    public Optional<Boolean> successful(CallContext context) throws IOException {
      int lines = Files.readAllLines(context.directory().resolve("lines")).size();
      return Optional.of(lines >= context.integer("lines"));
    }
  }

  /** Throws. */
  public static final class Fails implements JobCall {
    @Override
    public void call(CallContext context) throws IOException {
      throw new IOException("no luck");
    }
  }

  /** Leaves a thread that never ends. */
  public static final class Lingers implements JobCall {
    @Override
    public void call(CallContext context) {
      new Thread(Lingers::waitForEver).start();
    }

    private static void waitForEver() {
      synchronized (Lingers.class) {
        while (true) {
          try {
            Lingers.class.wait();
          } catch (InterruptedException e) {
            return;
          }
        }
      }
    }
  }

  /** A plain program. */
  public static final class Plain {
    private Plain() {}

    /** Says how many arguments there are. */
    public static void main(String[] args) {
      System.out.println("arguments: " + args.length);
    }
  }

  /** A plain program that throws. */
  public static final class PlainFails {
    private PlainFails() {}

    /** Throws when there is nothing to do. */
    public static void main(String[] args) {
      if (args.length == 0) {
        throw new IllegalStateException("plain trouble");
      }
    }
  }

  /** Has nothing to run. */
  public static final class Nothing {
    private Nothing() {}
  }

  /** Can not be made. */
  public static final class NeedsMore implements JobCall {
    private final String more;

    /** Needs more than there is. */
    public NeedsMore(String more) {
      this.more = more;
    }

    @Override
    public void call(CallContext context) throws IOException {
      Files.writeString(context.directory().resolve("more"), more);
    }
  }
}
