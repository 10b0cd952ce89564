package org.jobfold.comm;

/**
 * A machine that ranks are on.
 *
 * @param name as a machine file names it; not blank
 */
public record Host(String name) implements Comparable<Host> {
  /** Refuses a blank name. */
  public Host {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a host needs a name");
    }
  }

  @Override
  public int compareTo(Host other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
