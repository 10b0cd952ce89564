package org.jobfold.backend.mpj;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.backend.mpj.Message.AgentEnded;
import org.jobfold.backend.mpj.Message.Begin;
import org.jobfold.backend.mpj.Message.Done;
import org.jobfold.backend.mpj.Message.Drop;
import org.jobfold.backend.mpj.Message.End;
import org.jobfold.backend.mpj.Message.Forget;
import org.jobfold.backend.mpj.Message.Here;
import org.jobfold.backend.mpj.Message.Interrupt;
import org.jobfold.backend.mpj.Message.Judge;
import org.jobfold.backend.mpj.Message.Judged;
import org.jobfold.backend.mpj.Message.Judgement;
import org.jobfold.backend.mpj.Message.Ready;
import org.jobfold.backend.mpj.Message.Signal;
import org.jobfold.backend.mpj.Message.StartAgent;
import org.jobfold.backend.mpj.Message.Verdict;

/**
 * Messages as bytes: a letter for the kind, then the components in their order. Numbers are big
 * endian, a text is its length in bytes and its UTF-8, a list is its length and its elements. Both
 * ends are always the same jobfold, so there are no versions.
 */
final class MessageCodec {
  private MessageCodec() {}

  /** The bytes of a message. */
  static byte[] bytes(Message message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(message, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The message of these bytes.
   *
   * @throws IllegalArgumentException if they are none
   */
  static Message message(byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      Message message = read(in);
      if (in.available() > 0) {
        throw new IllegalArgumentException(in.available() + " bytes too many: " + message);
      }
      return message;
    } catch (IOException e) {
      throw new IllegalArgumentException("a message of " + bytes.length + " bytes is torn", e);
    }
  }

  private static void write(Message message, DataOutputStream out) throws IOException {
    if (message instanceof Begin begin) {
      out.writeByte('B');
      out.writeLong(begin.call());
      out.writeLong(begin.communicator());
      out.writeInt(begin.ranks().size());
      for (int rank : begin.ranks()) {
        out.writeInt(rank);
      }
      write(begin.spec(), out);
    } else if (message instanceof Interrupt interrupt) {
      number('I', interrupt.call(), out);
    } else if (message instanceof Signal signal) {
      number('S', signal.call(), out);
      out.writeInt(signal.number());
    } else if (message instanceof Judge judge) {
      number('J', judge.call(), out);
    } else if (message instanceof Forget forget) {
      number('F', forget.call(), out);
    } else if (message instanceof Drop drop) {
      number('D', drop.communicator(), out);
    } else if (message instanceof End) {
      out.writeByte('E');
    } else if (message instanceof StartAgent start) {
      out.writeByte('A');
      texts(start.words(), out);
      text(start.invitation(), out);
    } else if (message instanceof AgentEnded ended) {
      out.writeByte('a');
      text(ended.why(), out);
    } else if (message instanceof Here here) {
      out.writeByte('h');
      text(here.host(), out);
    } else if (message instanceof Ready ready) {
      number('r', ready.call(), out);
    } else if (message instanceof Done done) {
      number('d', done.call(), out);
      text(done.verdict().name(), out);
      text(done.reason(), out);
      text(done.trace(), out);
      text(done.out(), out);
      text(done.err(), out);
      out.writeLong(done.used().user().toNanos());
      out.writeLong(done.used().system().toNanos());
    } else {
      Judged judged = (Judged) message;
      number('j', judged.call(), out);
      text(judged.judgement().name(), out);
      text(judged.reason(), out);
    }
  }

  private static Message read(DataInputStream in) throws IOException {
    char kind = (char) in.readByte();
    return switch (kind) {
      case 'B' -> begin(in);
      case 'I' -> new Interrupt(in.readLong());
      case 'S' -> new Signal(in.readLong(), in.readInt());
      case 'J' -> new Judge(in.readLong());
      case 'F' -> new Forget(in.readLong());
      case 'D' -> new Drop(in.readLong());
      case 'E' -> new End();
      case 'A' -> new StartAgent(texts(in), text(in));
      case 'a' -> new AgentEnded(text(in));
      case 'h' -> new Here(text(in));
      case 'r' -> new Ready(in.readLong());
      case 'd' ->
          new Done(
              in.readLong(),
              Verdict.valueOf(text(in)),
              text(in),
              text(in),
              text(in),
              text(in),
              new ProcessorTime(Duration.ofNanos(in.readLong()), Duration.ofNanos(in.readLong())));
      case 'j' -> new Judged(in.readLong(), Judgement.valueOf(text(in)), text(in));
      default -> throw new IllegalArgumentException("there is no message '" + kind + "'");
    };
  }

  private static Begin begin(DataInputStream in) throws IOException {
    long call = in.readLong();
    long communicator = in.readLong();
    List<Integer> ranks = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      ranks.add(in.readInt());
    }
    return new Begin(call, communicator, ranks, spec(in));
  }

  private static void write(CallSpec spec, DataOutputStream out) throws IOException {
    text(spec.className(), out);
    texts(spec.classpath(), out);
    map(spec.params(), out);
    map(spec.variables(), out);
    text(spec.directory(), out);
    text(spec.folder(), out);
    out.writeInt(spec.trial());
    texts(spec.hosts(), out);
    text(spec.stdout(), out);
    text(spec.stderr(), out);
  }

  private static CallSpec spec(DataInputStream in) throws IOException {
    String className = text(in);
    List<String> classpath = texts(in);
    return new CallSpec(
        className,
        classpath,
        map(in),
        map(in),
        text(in),
        text(in),
        in.readInt(),
        texts(in),
        text(in),
        text(in));
  }

  private static void map(SortedMap<String, String> map, DataOutputStream out) throws IOException {
    texts(List.copyOf(map.keySet()), out);
    texts(List.copyOf(map.values()), out);
  }

  private static SortedMap<String, String> map(DataInputStream in) throws IOException {
    List<String> names = texts(in);
    List<String> values = texts(in);
    if (names.size() != values.size()) {
      throw new IOException(names.size() + " names have " + values.size() + " values");
    }
    SortedMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      map.put(names.get(i), values.get(i));
    }
    return map;
  }

  private static void number(char kind, long number, DataOutputStream out) throws IOException {
    out.writeByte(kind);
    out.writeLong(number);
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] bytes = in.readNBytes(Math.max(0, length));
    if (bytes.length != length) {
      throw new IOException("a text of " + length + " bytes has " + bytes.length);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void texts(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      text(text, out);
    }
  }

  private static List<String> texts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(text(in));
    }
    return texts;
  }
}
