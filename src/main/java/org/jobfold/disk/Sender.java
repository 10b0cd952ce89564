package org.jobfold.disk;

/**
 * Who asks.
 *
 * @param user the name of the user
 * @param host the machine
 * @param pid the process there
 */
public record Sender(String user, String host, long pid) {
  /** This JVM. */
  public static Sender self() {
    return new Sender(
        System.getProperty("user.name", "?"),
        HostProcess.self().host(),
        ProcessHandle.current().pid());
  }

  /** {@code ada@node7}. */
  public String text() {
    return user + "@" + host;
  }
}
