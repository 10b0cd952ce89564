package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of an inbox, and the steps on them. Each file is written under another name and
 * renamed, so nobody reads half of one. A request is either taken by the run or withdrawn by who
 * asks, never both.
 *
 * <p>What it never does: change or remove a file whose name is not of its kind, or a request that
 * it can not read.
 */
final class InboxFiles {
  /** The name of the directory. */
  static final String NAME = "inbox";

  /** Who has asked looks for the answer all the time: one that lies for so long is not wanted. */
  static final Duration STALE = Duration.ofMinutes(10);

  private static final int LARGEST = 1 << 16;
  private static final Pattern NAMES =
      Pattern.compile("([0-9A-Za-z-]{1,64})\\.(request|taken|answer)\\.(json|tmp)");

  private final Path directory;

  InboxFiles(Path stateDirectory) {
    directory = stateDirectory.resolve(NAME);
  }

  Path directory() {
    return directory;
  }

  /** Whether there is one. */
  boolean exist() {
    return Files.isDirectory(directory);
  }

  /** Makes the directory if it is not there. */
  void make() throws IOException {
    Files.createDirectories(directory);
  }

  /** What lies in an inbox. */
  record Found(Path file, String id, Kind kind, FileTime written) {}

  /** The kinds of files, by their names. */
  enum Kind {
    /** A request. */
    REQUEST,
    /** A request that the run has taken. */
    TAKEN,
    /** An answer. */
    ANSWER,
    /** One of these while it is written. */
    DRAFT,
    /** Something else. */
    FOREIGN
  }

  /** All that is there, the oldest first; nothing if there is no directory. */
  List<Found> list() throws IOException {
    List<Found> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        found(file).ifPresent(all::add);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    all.sort(Comparator.comparing(Found::written).thenComparing(Found::id));
    return all;
  }

  private static Optional<Found> found(Path file) throws IOException {
    Matcher name = NAMES.matcher(file.getFileName().toString());
    try {
      BasicFileAttributes is =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      FileTime written = is.lastModifiedTime();
      if (!name.matches() || !is.isRegularFile()) {
        return Optional.of(new Found(file, "", Kind.FOREIGN, written));
      }
      Kind kind =
          name.group(3).equals("tmp")
              ? Kind.DRAFT
              : switch (name.group(2)) {
                case "request" -> Kind.REQUEST;
                case "taken" -> Kind.TAKEN;
                default -> Kind.ANSWER;
              };
      return Optional.of(new Found(file, name.group(1), kind, written));
    } catch (NoSuchFileException vanished) {
      return Optional.empty();
    }
  }

  /** Reads a request; empty if it is damaged or not there any more. */
  static Optional<Letter> read(Found request) throws IOException {
    try {
      return Files.size(request.file()) > LARGEST
          ? Optional.empty()
          : LetterJson.read(Files.readAllBytes(request.file()));
    } catch (NoSuchFileException withdrawn) {
      return Optional.empty();
    }
  }

  /** Puts a request there; false if there is no inbox, or it was just swept. */
  boolean put(String id, Letter letter) throws IOException {
    try {
      write(id, "request", LetterJson.write(letter));
      return true;
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  /** Takes a request; false if it was withdrawn. */
  boolean take(String id) throws IOException {
    return move(file(id, "request", "json"), file(id, "taken", "json"));
  }

  /** Withdraws a request; false if the run has taken it. */
  boolean withdraw(String id) throws IOException {
    return Files.deleteIfExists(file(id, "request", "json"));
  }

  /** Puts the answer to a request that was taken. */
  void answer(String id, Answer answer) throws IOException {
    write(id, "answer", AnswerJson.write(answer));
    Files.deleteIfExists(file(id, "taken", "json"));
  }

  /** The answer to a request, which is gone then; empty if it is not there yet. */
  Optional<Answer> takeAnswer(String id) throws IOException {
    Path file = file(id, "answer", "json");
    try {
      Answer answer = AnswerJson.read(Files.readAllBytes(file));
      Files.deleteIfExists(file);
      return Optional.of(answer);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /**
   * Removes what nobody needs any more: requests that are meant for other runs, and answers and
   * drafts that are stale.
   *
   * @param run the token of the run whose requests stay
   */
  void sweep(String run) throws IOException {
    List<Found> all = list();
    if (all.isEmpty()) {
      return;
    }
    FileTime now = now();
    for (Found found : all) {
      boolean stale = age(found, now).compareTo(STALE) > 0;
      boolean useless =
          switch (found.kind()) {
            case REQUEST -> read(found).filter(letter -> !letter.run().equals(run)).isPresent();
            case TAKEN -> true;
            case ANSWER, DRAFT -> stale;
            case FOREIGN -> false;
          };
      if (useless) {
        Files.deleteIfExists(found.file());
      }
    }
  }

  /** The time by the clock of the file system. */
  private FileTime now() throws IOException {
    Path draft = file(UUID.randomUUID().toString(), "answer", "tmp");
    try {
      Files.createFile(draft);
      return Files.getLastModifiedTime(draft);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static Duration age(Found found, FileTime now) {
    return Duration.between(found.written().toInstant(), now.toInstant());
  }

  private Path file(String id, String kind, String end) {
    return directory.resolve(id + "." + kind + "." + end);
  }

  private void write(String id, String kind, byte[] bytes) throws IOException {
    Path draft = file(id, kind, "tmp");
    boolean whole = false;
    try {
      Files.write(draft, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(draft, file(id, kind, "json"), StandardCopyOption.ATOMIC_MOVE);
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(draft);
      }
    }
  }

  /** Over NFS an answer can get lost, and the question is asked again: so what is there counts. */
  private static boolean move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException e) {
      return Files.exists(to);
    }
  }
}
