package org.jobfold.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What lies in a state directory: the files that jobfold wrote, known by their name and by how they
 * begin, and all else, which is the user's. Links are the user's too, whatever they lead to.
 *
 * @param own those of jobfold, save for the lock itself
 * @param foreign all else
 */
record StateFiles(List<Path> own, List<Path> foreign) {
  static final String INBOX = "inbox";

  private static final Pattern LINES =
      Pattern.compile(
          "journal\\.[0-9]+\\.jsonl|journal\\.[0-9]+\\..+\\.tmp|fingerprints\\..+|lead-.+");
  private static final Pattern LOCKS = Pattern.compile("lock\\.(?:after|new)\\..+");
  private static final Pattern OPTIONS = Pattern.compile("options\\.json(?:\\.tmp)?");
  private static final Pattern GOING_ON = Pattern.compile("going-on\\.json(?:\\.tmp)?");
  private static final Pattern SUBMISSION = Pattern.compile("[1-9][0-9]*\\.jsonl");
  private static final Pattern SCRIPT = Pattern.compile("[1-9][0-9]*\\.sbatch");
  private static final Pattern SLURM_OUTPUT = Pattern.compile("slurm-[0-9_]+\\.out");
  private static final String SUBMISSIONS = "submissions";
  private static final String HEADER = "{\"jobfold-";
  private static final int BEGIN = 1024;

  /** What lies in a directory now. */
  static StateFiles in(Path directory) throws IOException {
    List<Path> own = new ArrayList<>();
    List<Path> foreign = new ArrayList<>();
    for (Path file : list(directory)) {
      String name = String.valueOf(file.getFileName());
      if (name.equals(LockFiles.NAME)) {
        continue;
      }
      if (name.equals(INBOX) && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        for (Path request : list(file)) {
          (isRegular(request) && startsWith(begin(request), "{") ? own : foreign).add(request);
        }
      } else if (name.equals(SUBMISSIONS) && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        for (Path each : list(file)) {
          String inner = String.valueOf(each.getFileName());
          boolean ours =
              isRegular(each)
                  && (SLURM_OUTPUT.matcher(inner).matches() || isOwn(inner, begin(each)));
          (ours ? own : foreign).add(each);
        }
      } else if (name.equals(Parts.NAME) && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        for (Path each : Parts.files(file)) {
          if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
            own.add(each);
          }
        }
      } else {
        (isRegular(file) && isOwn(name, begin(file)) ? own : foreign).add(file);
      }
    }
    return new StateFiles(own, foreign);
  }

  /** Whether a regular file in the directory of a part, or above it, is jobfold's. */
  static boolean isOfPart(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      return name.equals(LockFiles.NAME)
          || name.matches("current(?:\\.tmp)?|folders\\.json")
          || isOwn(name, begin(file))
          || (file.resolveSibling("").endsWith(INBOX) && startsWith(begin(file), "{"));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOwn(String name, String begin) {
    if (LINES.matcher(name).matches() || LOCKS.matcher(name).matches()) {
      return startsWith(begin, HEADER);
    }
    if (GOING_ON.matcher(name).matches() || SUBMISSION.matcher(name).matches()) {
      return startsWith(begin, HEADER);
    }
    if (SCRIPT.matcher(name).matches()) {
      return begin.startsWith("#!/bin/bash") && begin.contains("#SBATCH ");
    }
    if (OPTIONS.matcher(name).matches()) {
      return startsWith(begin, "[");
    }
    return name.equals("report.html") && begin.contains("jobfold");
  }

  /** Whether a file begins so; one that was cut short, or is empty, as far as it goes. */
  private static boolean startsWith(String begin, String wanted) {
    return begin.startsWith(wanted) || wanted.startsWith(begin);
  }

  private static boolean isRegular(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static String begin(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(BEGIN), StandardCharsets.ISO_8859_1);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      files.forEach(all::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    all.sort(null);
    return all;
  }
}
