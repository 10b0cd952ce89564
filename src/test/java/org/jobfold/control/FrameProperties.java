package org.jobfold.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is read of a stream of frames, however the network cuts it, and whatever is done to it. */
class FrameProperties {
  private static final Keys KEYS = new Keys(Secret.of("5e".repeat(32)), new byte[32], new byte[32]);

  @Property(tries = 300)
  void theFramesThatWereSentAreRead(
      @ForAll("frames") @Size(max = 12) List<Frame> frames, @ForAll Random random) {
    assertThat(read(stream(frames), random)).isEqualTo(words(frames));
  }

  @Property(tries = 500)
  void oneFlippedBitEndsTheStreamThere(
      @ForAll("frames") @Size(min = 1, max = 6) List<Frame> frames, @ForAll Random random) {
    byte[] stream = stream(frames);
    int at = random.nextInt(stream.length);
    stream[at] ^= (byte) (1 << random.nextInt(8));
    assertIsPrefix(read(stream, random), frames, frameAt(frames, at));
  }

  @Property(tries = 300)
  void aFrameThatIsRepeatedLeftOutOrOutOfPlaceEndsTheStreamThere(
      @ForAll("frames") @Size(min = 3, max = 8) List<Frame> frames,
      @ForAll @IntRange(max = 2) int harm,
      @ForAll Random random) {
    List<byte[]> sealed = sealed(frames);
    int at = random.nextInt(frames.size() - 1);
    switch (harm) {
      case 0 -> sealed.add(at + 1, sealed.get(at));
      case 1 -> sealed.remove(at);
      default -> sealed.add(at, sealed.remove(at + 1));
    }
    assertIsPrefix(read(joined(sealed), random), frames, harm == 0 ? at + 1 : at);
  }

  @Property(tries = 300)
  void aStreamThatIsCutOffGivesWholeFramesAlone(
      @ForAll("frames") @Size(min = 1, max = 6) List<Frame> frames, @ForAll Random random) {
    byte[] stream = stream(frames);
    int length = random.nextInt(stream.length);
    assertIsPrefix(read(Arrays.copyOf(stream, length), random), frames, frameAt(frames, length));
  }

  @Property(tries = 300)
  void bytesOfAStrangerAreNeverFrames(
      @ForAll @Size(max = 300) byte[] bytes, @ForAll Random random) {
    assertThat(read(bytes, random)).isEmpty();
  }

  @Property(tries = 50)
  void whatOneDirectionSealsTheOtherDoesNotOpen(@ForAll("frames") @Size(1) List<Frame> frames) {
    byte[] stream = stream(frames);
    byte[] sealed = Arrays.copyOfRange(stream, Integer.BYTES, stream.length);
    assertThatThrownBy(() -> KEYS.openAtMember().open(sealed))
        .isInstanceOf(CorruptedFrameException.class)
        .hasMessage("what arrived is not what was sent");
    assertThat(words(List.of(KEYS.openAtLead().open(sealed)))).isEqualTo(words(frames));
  }

  @Provide
  Arbitrary<List<Frame>> frames() {
    Arbitrary<byte[]> few = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
    Arbitrary<byte[]> many =
        Arbitraries.integers().between(0, Frame.LONGEST_PAYLOAD).map(byte[]::new);
    Arbitrary<byte[]> either =
        Arbitraries.integers().between(0, 9).flatMap(one -> one == 0 ? many : few);
    return Combinators.combine(Arbitraries.of(Frame.Kind.class), either).as(Frame::new).list();
  }

  private static void assertIsPrefix(List<String> read, List<Frame> frames, int length) {
    assertThat(read).isEqualTo(words(frames.subList(0, length)));
  }

  /** The number of the frame that a byte of the stream belongs to. */
  private static int frameAt(List<Frame> frames, int at) {
    int begin = 0;
    for (int i = 0; i < frames.size(); i++) {
      begin += Integer.BYTES + 1 + frames.get(i).payload().length + Seal.TAG_BYTES;
      if (at < begin) {
        return i;
      }
    }
    return frames.size();
  }

  private static List<byte[]> sealed(List<Frame> frames) {
    Sealer sealer = KEYS.sealToLead();
    List<byte[]> sealed = new ArrayList<>();
    for (Frame frame : frames) {
      byte[] payload = frame.payload();
      sealed.add(ByteBufUtil.getBytes(sealer.seal(frame.kind(), payload, 0, payload.length)));
    }
    return sealed;
  }

  private static byte[] stream(List<Frame> frames) {
    return joined(sealed(frames));
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** What the lead reads of a stream that comes in pieces, up to the end or the first damage. */
  private static List<String> read(byte[] stream, Random random) {
    EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(KEYS.openAtLead()));
    List<Frame> read = new ArrayList<>();
    int at = 0;
    while (at < stream.length) {
      int length = Math.min(stream.length - at, 1 + random.nextInt(1 << random.nextInt(17)));
      ByteBuf piece = Unpooled.copiedBuffer(stream, at, length);
      try {
        channel.writeInbound(piece);
      } catch (CorruptedFrameException e) {
        assertThat(e).hasMessageMatching("(what|a frame).*arrived.*");
      }
      at += length;
    }
    for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      read.add(frame);
    }
    return words(read);
  }

  private static List<String> words(List<Frame> frames) {
    return frames.stream()
        .map(
            frame ->
                frame.kind()
                    + " "
                    + Arrays.hashCode(frame.payload())
                    + " "
                    + frame.payload().length)
        .toList();
  }
}
