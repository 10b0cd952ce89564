package org.jobfold.backend.mpj;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/**
 * The ways between ranks that are threads of one JVM. Each rank has classes of its own there, so
 * the ends share nothing but objects of the JDK, and find each other in the system's properties.
 */
final class MemoryLinks implements RankLinks {
  private static final byte[] OVER = {};
  private static final Object LEAD = "lead";

  private final Map<Object, Object> shared;
  private final int size;

  private MemoryLinks(Map<Object, Object> shared, int size) {
    this.shared = shared;
    this.size = size;
  }

  /**
   * The lead's ends.
   *
   * @param world a name that no other world of this JVM has
   * @param size how many ranks there are
   */
  static RankLinks lead(String world, int size) {
    return new MemoryLinks(shared(world), size);
  }

  /** A rank's end; it may be made before the lead's. */
  static RankLink rank(String world, int rank) {
    Map<Object, Object> shared = shared(world);
    BlockingQueue<byte[]> mine = queue(shared, rank);
    return new RankLink() {
      @Override
      public void send(Message message) {
        lead(shared).accept(rank, MessageCodec.bytes(message));
      }

      @Override
      public Optional<Message> take() throws InterruptedException {
        byte[] message = mine.take();
        return message.length == 0 ? Optional.empty() : Optional.of(MessageCodec.message(message));
      }
    };
  }

  @Override
  public void receive(Receiver receiver) {
    BiConsumer<Integer, byte[]> told =
        (rank, message) -> receiver.received(rank, MessageCodec.message(message));
    lead(shared).accept(-1, told);
  }

  @Override
  public void send(int rank, Message message) {
    queue(shared, rank).add(MessageCodec.bytes(message));
  }

  @Override
  public List<Integer> expendable() {
    return List.of();
  }

  @Override
  public void close() {
    for (int rank = 0; rank < size; rank++) {
      queue(shared, rank).add(OVER);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<Object, Object> shared(String world) {
    Properties properties = System.getProperties();
    return (Map<Object, Object>)
        properties.computeIfAbsent(world, name -> new ConcurrentHashMap<Object, Object>());
  }

  @SuppressWarnings("unchecked")
  private static BlockingQueue<byte[]> queue(Map<Object, Object> shared, int rank) {
    return (BlockingQueue<byte[]>)
        shared.computeIfAbsent(rank, number -> new LinkedBlockingQueue<byte[]>());
  }

  /** What the ranks send to; keeps what comes before somebody listens. */
  @SuppressWarnings("unchecked")
  private static BiConsumer<Integer, Object> lead(Map<Object, Object> shared) {
    return (BiConsumer<Integer, Object>) shared.computeIfAbsent(LEAD, key -> new Mailbox());
  }

  /** Made by whoever comes first: other ranks see no more of it than the JDK's interface. */
  private static final class Mailbox implements BiConsumer<Integer, Object> {
    private final List<Runnable> early = new ArrayList<>();
    private Optional<BiConsumer<Integer, byte[]>> receiver = Optional.empty();

    @Override
    @SuppressWarnings("unchecked")
    public synchronized void accept(Integer rank, Object what) {
      if (what instanceof byte[] message) {
        if (receiver.isPresent()) {
          receiver.get().accept(rank, message);
        } else {
          early.add(() -> receiver.orElseThrow().accept(rank, message));
        }
      } else {
        receiver = Optional.of((BiConsumer<Integer, byte[]>) what);
        early.forEach(Runnable::run);
        early.clear();
      }
    }
  }
}
