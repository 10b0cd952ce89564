package org.jobfold.backend.mpj;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What MPJ Express puts before the arguments of a program that it starts as a rank: the rank, the
 * size of the world or where its ranks meet, and the device.
 *
 * <p>Only read, never guessed: arguments of a person that look alike are no world, since the
 * classes of MPJ Express are not there.
 *
 * @param rank the number of this rank
 * @param size how many ranks the world has
 * @param device what the ranks talk over
 * @param meeting the host at which the ranks meet before they know each other; none where they are
 *     in one JVM
 * @param all the arguments, as the rank got them
 */
public record MpjArguments(
    int rank, int size, Device device, Optional<String> meeting, List<String> all) {
  /** A class that is there only where MPJ Express is. */
  public static final String SIGN = "mpi.MPI";

  private static final int OWN = 3;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final Pattern SIZE = Pattern.compile("#Number of Processes;(\\d{1,9});");
  private static final Pattern MEETING = Pattern.compile("#Server Name;([^;#]+);");

  /** What ranks talk over. */
  public enum Device {
    /** The memory of one JVM, in which each rank is a thread: {@code smpdev}. */
    MEMORY,
    /** TCP between JVMs, one for each rank: {@code niodev}. */
    NETWORK
  }

  /** Copies the list; refuses a rank that is not in the world. */
  public MpjArguments {
    all = List.copyOf(all);
    if (rank < 0 || rank >= size) {
      throw new IllegalArgumentException("there is no rank " + rank + " in a world of " + size);
    }
  }

  /**
   * The arguments of a rank; empty if this process is none.
   *
   * @param isThere whether a class of this name can be loaded
   */
  public static Optional<MpjArguments> of(String[] arguments, Predicate<String> isThere) {
    if (arguments.length < OWN || !NUMBER.matcher(arguments[0]).matches()) {
      return Optional.empty();
    }
    String world = arguments[1];
    Optional<Device> device =
        switch (arguments[2]) {
          case "smpdev" -> Optional.of(Device.MEMORY);
          case "niodev" -> Optional.of(Device.NETWORK);
          default -> Optional.empty();
        };
    OptionalInt size = device.map(d -> size(d, world)).orElse(OptionalInt.empty());
    int rank = Integer.parseInt(arguments[0]);
    if (size.isEmpty() || rank >= size.getAsInt() || !isThere.test(SIGN)) {
      return Optional.empty();
    }
    return Optional.of(
        new MpjArguments(
            rank, size.getAsInt(), device.get(), meeting(world), Arrays.asList(arguments)));
  }

  private static OptionalInt size(Device device, String world) {
    Matcher matcher = (device == Device.MEMORY ? NUMBER : SIZE).matcher(world);
    return switch (device) {
      case MEMORY ->
          matcher.matches() ? OptionalInt.of(Integer.parseInt(world)) : OptionalInt.empty();
      case NETWORK ->
          matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    };
  }

  private static Optional<String> meeting(String world) {
    Matcher matcher = MEETING.matcher(world);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether this rank runs the command line; the others serve it. */
  public boolean isLead() {
    return rank == 0;
  }

  /** What the user has written. */
  public String[] own() {
    return all.subList(OWN, all.size()).toArray(String[]::new);
  }
}
