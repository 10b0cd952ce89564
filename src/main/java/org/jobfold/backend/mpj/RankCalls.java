package org.jobfold.backend.mpj;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jobfold.backend.cluster.StartProcess;
import org.jobfold.backend.mpj.Message.AgentEnded;
import org.jobfold.backend.mpj.Message.Begin;
import org.jobfold.backend.mpj.Message.Drop;
import org.jobfold.backend.mpj.Message.End;
import org.jobfold.backend.mpj.Message.Forget;
import org.jobfold.backend.mpj.Message.Here;
import org.jobfold.backend.mpj.Message.Interrupt;
import org.jobfold.backend.mpj.Message.Judge;
import org.jobfold.backend.mpj.Message.Signal;
import org.jobfold.backend.mpj.Message.StartAgent;
import org.jobfold.thread.Daemons;

/**
 * A rank at work: takes part in the calls that the lead asks it to, and says how they ended. Waits
 * without using the processor. It never decides anything that other ranks must decide alike.
 */
final class RankCalls {
  private final int rank;
  private final MpjArguments.Device device;
  private final RankLink link;
  private final Communicators communicators;
  private final UserClasses classes = new UserClasses();
  private final Map<Long, RankCall> calls = new ConcurrentHashMap<>();

  RankCalls(int rank, MpjArguments.Device device, RankLink link, Communicators communicators) {
    this.rank = rank;
    this.device = device;
    this.link = link;
    this.communicators = communicators;
  }

  /** Serves until the lead says that it is over, or is gone. */
  void serve(String host) throws InterruptedException {
    send(new Here(host));
    while (true) {
      Optional<Message> message = link.take();
      if (message.isEmpty()) {
        return;
      }
      if (message.get() instanceof End) {
        link.leave();
        return;
      }
      take(message.get());
    }
  }

  private void take(Message message) {
    if (message instanceof Begin begin) {
      begin(begin);
    } else if (message instanceof Interrupt interrupt) {
      find(interrupt.call()).ifPresent(RankCall::interrupt);
    } else if (message instanceof Signal signal) {
      find(signal.call()).ifPresent(call -> call.signal(signal.number()));
    } else if (message instanceof Judge judge) {
      find(judge.call()).ifPresent(call -> start("judge", () -> send(call.judge())));
    } else if (message instanceof Forget forget) {
      calls.remove(forget.call());
    } else if (message instanceof Drop drop) {
      communicators.drop(drop.communicator());
    } else if (message instanceof StartAgent agent) {
      start("agent", () -> attend(agent));
    } else {
      throw new IllegalArgumentException("a rank is not told '" + message + "'");
    }
  }

  private void begin(Begin begin) {
    RankCall call =
        new RankCall(rank, begin, communicators, classes, new Interruption(device), this::send);
    calls.put(begin.call(), call);
    start("call " + begin.spec().folder(), call);
  }

  /** Stays with an agent until it has ended. It outlives this JVM: the lease ends it. */
  private void attend(StartAgent agent) {
    String why;
    try {
      why =
          StartProcess.start(agent.words(), List.of())
              .attend(agent.invitation(), "the agent of rank " + rank);
    } catch (IOException e) {
      why = "'" + agent.words().get(0) + "' can not be started: " + e.getMessage();
    } catch (InterruptedException e) {
      why = "rank " + rank + " was interrupted";
    }
    send(new AgentEnded(why));
  }

  private Optional<RankCall> find(long call) {
    return Optional.ofNullable(calls.get(call));
  }

  private void start(String what, Runnable work) {
    Daemons.start("rank " + rank + " " + what, work);
  }

  private void send(Message message) {
    link.send(message);
  }
}
