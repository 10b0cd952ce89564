package org.jobfold.backend.mpj;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterruptionTest {
  @ParameterizedTest
  @EnumSource
  void whoIsAtWorkWhenItIsAskedIsInterruptedOnceItWaits(MpjArguments.Device device) {
    Interruption interruption = new Interruption(device);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean goOn = new AtomicBoolean(true);
    CompletableFuture<String> end =
        CompletableFuture.supplyAsync(
            () -> {
              assertThat(interruption.begin()).isTrue();
              begun.countDown();
              while (goOn.get()) {
                Thread.onSpinWait();
              }
              try {
                TimeUnit.HOURS.sleep(1);
                return "slept";
              } catch (InterruptedException e) {
                return "interrupted";
              } finally {
                interruption.end();
              }
            });
    await(begun);
    interruption.ask();
    goOn.set(false);
    assertThat(end.join()).isEqualTo("interrupted");
    assertThat(interruption.isAsked()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoHasEndedIsNotInterrupted(MpjArguments.Device device) {
    Interruption interruption = new Interruption(device);
    assertThat(interruption.begin()).isTrue();
    interruption.end();
    interruption.ask();
    assertThat(Thread.interrupted()).isFalse();
    assertThat(interruption.begin()).isFalse();
  }
}
