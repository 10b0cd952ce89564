package org.jobfold.backend.mpj.start;

import java.util.ArrayList;
import java.util.List;
import org.jobfold.folder.ShellWords;

/** The command of a rank, as words of a shell. */
final class RankCommand {
  /** Rank 0 leads, and has this share of the memory; the others of its host share as much. */
  private static final int SHARE = 25;

  /**
   * The optimizing compiler is for what a call computes, whose loops bring it about as ever. What
   * is called often and soon over, as jobfold's own code is, would only be kept from the cores by
   * it. {@code scripts/jobfold-mpj} says the same to ranks that are threads.
   */
  private static final List<String> LATE =
      List.of(
          "-XX:Tier4InvocationThreshold=100000",
          "-XX:Tier4MinInvocationThreshold=12000",
          "-XX:Tier4CompileThreshold=300000");

  private RankCommand() {}

  /**
   * @param rank decides how much memory it gets
   * @param beside how many ranks its host has
   * @param number the rank, as a word of a shell
   * @param meeting what MPJ Express calls the configuration
   */
  static List<String> of(
      StartOptions options, int rank, int beside, String number, String meeting) {
    List<String> words = new ArrayList<>();
    words.add(ShellWords.quoted(options.java()));
    List<String> own = options.javaOptions();
    if (own.stream().noneMatch(option -> option.matches("-XX:\\+Use.*GC"))) {
      words.add("-XX:+UseSerialGC");
    }
    if (own.stream().noneMatch(option -> option.startsWith("-Xmx") || option.contains("MaxRAM"))) {
      words.add("-XX:MaxRAMPercentage=" + (rank == 0 ? SHARE : Math.max(1, SHARE / beside)));
    }
    words.addAll(LATE);
    words.add("-XX:-UsePerfData");
    own.forEach(option -> words.add(ShellWords.quoted(option)));
    words.add("-cp");
    words.add(ShellWords.quoted(options.mpj() + "/lib/mpj.jar:" + options.classPath()));
    words.add(ShellWords.quoted(options.main()));
    words.add(number);
    words.add(ShellWords.quoted(meeting));
    words.add("niodev");
    options.arguments().forEach(argument -> words.add(ShellWords.quoted(argument)));
    return words;
  }

  /** The configuration of a world, as MPJ Express wants it. */
  static String meeting(int size, java.net.InetSocketAddress address) {
    return "#temp line;#Number of Processes;"
        + size
        + ";#Protocol Switch Limit;131072;#Server Name;"
        + address.getAddress().getHostAddress()
        + ";#Server Port;"
        + address.getPort();
  }
}
