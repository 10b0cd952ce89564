package org.jobfold.backend.mpj;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jobfold.backend.mpj.Message.Begin;
import org.jobfold.backend.mpj.Message.Done;
import org.jobfold.backend.mpj.Message.Ready;
import org.jobfold.backend.mpj.Message.Verdict;

/** Ranks without MPI: a script says what each does with what it is sent. */
final class FakeRanks implements RankLinks {
  private final List<Integer> expendable;
  private final List<Consumer<Receiver>> early = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private BiConsumer<Integer, Message> script = (rank, message) -> {};
  private Optional<Receiver> receiver = Optional.empty();

  FakeRanks(List<Integer> expendable) {
    this.expendable = expendable;
  }

  /** From now on they do this. */
  void act(BiConsumer<Integer, Message> what) {
    script = what;
  }

  /** A rank says this. */
  void say(int rank, Message message) {
    receiver.orElseThrow().received(rank, message);
  }

  /** A rank says this before anybody listens. */
  void early(int rank, Message message) {
    early.add(receiver -> receiver.received(rank, message));
  }

  /** A rank takes part in a call, and ends like this. */
  void end(int rank, Begin begin, Verdict verdict, String reason) {
    say(rank, new Ready(begin.call()));
    say(rank, new Done(begin.call(), verdict, reason, "", "", "", ProcessorTime.NONE));
  }

  /** A rank dies. */
  void lose(int rank) {
    receiver.orElseThrow().lost(rank, "it is dead");
  }

  /** What was sent: {@code rank kind}. */
  synchronized List<String> sent() {
    return List.copyOf(sent);
  }

  @Override
  public void receive(Receiver other) {
    receiver = Optional.of(other);
    early.forEach(said -> said.accept(other));
    early.clear();
  }

  @Override
  public void send(int rank, Message message) {
    synchronized (this) {
      sent.add(rank + " " + message.getClass().getSimpleName());
    }
    script.accept(rank, message);
  }

  @Override
  public List<Integer> expendable() {
    return expendable;
  }

  @Override
  public void close() {}
}
