package org.jobfold.control;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jobfold.thread.Daemons;

/**
 * The threads of all connections of this JVM, however many: one that reads and writes, and a few
 * that tell the handlers, which go when there is nothing to tell. None keeps the JVM alive.
 */
final class Threads {
  /** How many sealed bytes wait for the kernel to take them, before no more are sealed. */
  static final WriteBufferWaterMark WRITE_AHEAD = new WriteBufferWaterMark(32 << 10, 64 << 10);

  /** How much the kernel keeps for a connection at each end, about: beats wait behind that. */
  static final int KERNEL_BYTES = 256 << 10;

  private static final int HANDLERS = 4;

  /** What is to be sent may keep the loop from reading for so long: beats must not wait. */
  private static final long LONGEST_TASKS_MILLIS = 100;

  private static final EventLoop LOOP =
      new MultiThreadIoEventLoopGroup(
          1, Daemons.numbered("jobfold-control"), NioIoHandler.newFactory()) {
        @Override
        protected IoEventLoop newChild(
            Executor executor, IoHandlerFactory handlers, Object... unused) {
          return new SingleThreadIoEventLoop(
              this,
              executor,
              handlers,
              Integer.MAX_VALUE,
              RejectedExecutionHandlers.reject(),
              LONGEST_TASKS_MILLIS);
        }
      }.next();

  private static final Executor POOL = handlers();

  private Threads() {}

  static EventLoop loop() {
    return LOOP;
  }

  static Executor pool() {
    return POOL;
  }

  private static Executor handlers() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            HANDLERS,
            HANDLERS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Daemons.numbered("jobfold-control-handler"));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
