package org.jobfold.thread;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that do not keep the JVM alive, each with a name. Never waits for one. */
public final class Daemons {
  private Daemons() {}

  /** A thread that is not started. */
  public static Thread of(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** A thread that is started. */
  public static Thread start(String name, Runnable work) {
    Thread thread = of(name, work);
    thread.start();
    return thread;
  }

  /** Makes threads of one name: for executors that have one. */
  public static ThreadFactory named(String name) {
    return work -> of(name, work);
  }

  /** Makes threads that are numbered from 1 on: {@code name-1}. */
  public static ThreadFactory numbered(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> of(name + "-" + number.incrementAndGet(), work);
  }
}
