package org.jobfold.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The files of the lock, and the steps on them, each of which one process alone can win, on every
 * file system that creates and renames files atomically.
 *
 * <p>A free lock is taken by creating {@code lock}. A lock that is held changes hands through a
 * <i>claim</i>: the file {@code lock.after.TOKEN}, where the token is that of the holder. Whoever
 * creates it, and nobody else, may rename it to {@code lock} or remove {@code lock}; so a lock that
 * somebody looked at long ago is never taken for the one that is there now. Who has a claim counts
 * as the holder: should it die on the way, the next one claims what comes after it.
 *
 * <p>What it never does: change or remove a lock of others without the claim.
 */
final class LockFiles {
  static final String NAME = "lock";
  private static final String CLAIM = NAME + ".after.";
  private static final String DRAFT = NAME + ".new.";
  private static final int LONGEST_CHAIN = 100;
  private static final int READS = 3;
  private static final Duration LITTER = Duration.ofHours(1);

  /** Gives a file a second name, which must not exist. */
  @FunctionalInterface
  interface Linker {
    void link(Path name, Path file) throws IOException;
  }

  /** What must not have changed for a lock to change hands. */
  enum Unchanged {
    /** Nothing: a renewal says that the holder lives. */
    TEXT,
    /** The holder. */
    HOLDER
  }

  /** A lock or a claim as it was seen. */
  record Found(Path place, String text, Optional<LockRecord> holder) {
    static Found of(Path place, String text) {
      return new Found(place, text, LockRecord.parse(text));
    }

    /** That of the holder; a damaged file has one of its own. */
    String token() {
      return holder.map(LockRecord::token).orElseGet(this::digest);
    }

    /** Whether the holder lives, as far as can be said on this host. */
    HostProcess.Life life() {
      return holder.map(known -> known.process().life()).orElse(HostProcess.Life.UNKNOWN);
    }

    /** The process of the holder; 0 if it is not known. */
    long pid() {
      return holder.map(known -> known.process().pid()).orElse(0L);
    }

    /** How long it may stay as it is. */
    Duration lease(Duration unsaid) {
      return holder.map(LockRecord::lease).orElse(unsaid);
    }

    /** Who holds it, for people. */
    String who() {
      return holder.map(LockRecord::who).orElse("a run whose lock file is damaged");
    }

    private String digest() {
      return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.ISO_8859_1)).toString();
    }

    private boolean isStill(Found now, Unchanged unchanged) {
      return place.equals(now.place)
          && (unchanged == Unchanged.TEXT ? text.equals(now.text) : token().equals(now.token()));
    }
  }

  private final Path directory;
  private final Path lock;
  private final Linker linker;

  LockFiles(Path directory, Linker linker) {
    this.directory = directory;
    this.lock = directory.resolve(NAME);
    this.linker = linker;
  }

  Path lock() {
    return lock;
  }

  /** The command that ends the run of this tree, quoted. */
  String howToStop() {
    return "'jobfold stop " + directory.resolve("..").toAbsolutePath().normalize() + "'";
  }

  /** The lock and the claims on it, the one that counts at the end; empty if it is free. */
  List<Found> chain() throws IOException {
    List<Found> chain = new ArrayList<>();
    Path place = lock;
    Optional<String> text = read(place);
    while (text.isPresent() && chain.size() < LONGEST_CHAIN) {
      Found found = Found.of(place, text.get());
      chain.add(found);
      place = after(found.token());
      text = read(place);
    }
    return chain;
  }

  /** Whether the lock is held under a token, and nobody claims it. */
  static boolean isHeld(List<Found> chain, LockRecord by) {
    return chain.size() == 1 && chain.get(0).token().equals(by.token());
  }

  /** What is in a file now; empty if there is none. */
  Optional<String> read(Path place) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return Optional.of(Files.readString(place, StandardCharsets.ISO_8859_1));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (AccessDeniedException e) {
        throw e;
      } catch (IOException e) {
        // over NFS a file that was replaced in the meantime is 'stale'
        if (attempt == READS) {
          throw e;
        }
      }
    }
  }

  /** How long ago a file was written, by the clock of the file system this lock is on. */
  Duration age(Found found) throws IOException {
    Path draft = directory.resolve(DRAFT + UUID.randomUUID());
    try {
      write(draft, "");
      return Duration.between(
          Files.getLastModifiedTime(found.place()).toInstant(),
          Files.getLastModifiedTime(draft).toInstant());
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Takes a lock that is free; false if it is not. */
  boolean take(LockRecord mine) throws IOException {
    return create(lock, mine);
  }

  /** Takes a lock from its holder; false if another was faster or it has changed. */
  boolean replace(List<Found> chain, LockRecord mine, Unchanged unchanged) throws IOException {
    Path claim = after(chain.get(chain.size() - 1).token());
    if (!create(claim, mine)) {
      return false;
    }
    if (!isStill(chain, mine, unchanged)) {
      Files.deleteIfExists(claim);
      return false;
    }
    Path from = claim;
    for (int i = chain.size() - 1; i >= 0; i--) {
      rename(from, chain.get(i).place());
      from = chain.get(i).place();
    }
    return isHeld(chain(), mine);
  }

  /** Frees the lock if it is still ours. */
  void release(LockRecord mine) throws IOException {
    List<Found> chain = chain();
    LockRecord end = LockRecord.taken(mine.since(), mine.lease());
    Path claim = after(mine.token());
    if (!isHeld(chain, mine) || !create(claim, end)) {
      return;
    }
    if (isStill(chain, end, Unchanged.HOLDER)) {
      Files.deleteIfExists(lock);
    }
    Files.deleteIfExists(claim);
  }

  /** Opens the lock to be written in place; it must be ours. */
  FileChannel open(LockRecord mine) throws IOException {
    FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ, StandardOpenOption.WRITE);
    byte[] bytes = mine.text().getBytes(StandardCharsets.UTF_8);
    ByteBuffer there = ByteBuffer.allocate(bytes.length);
    channel.read(there, 0);
    if (!there.flip().equals(ByteBuffer.wrap(bytes))) {
      channel.close();
      throw new IOException("another run has just taken it");
    }
    return channel;
  }

  /** Writes the lock in place: of the same length, so that no disk is too full for it. */
  static void overwrite(FileChannel channel, LockRecord mine) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(mine.text().getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes, bytes.position());
    }
    channel.force(true);
  }

  /** Removes what runs left that were killed while they took the lock, as far as it can. */
  void sweep() {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, NAME + ".{after,new}.*")) {
      for (Path file : all) {
        Optional<String> text = read(file);
        if (text.isPresent() && age(Found.of(file, text.get())).compareTo(LITTER) > 0) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // the next run tries again
    }
  }

  private Path after(String token) {
    return directory.resolve(CLAIM + token);
  }

  private boolean isStill(List<Found> chain, LockRecord mine, Unchanged unchanged)
      throws IOException {
    List<Found> now = chain();
    if (now.size() != chain.size() + 1 || !now.get(chain.size()).token().equals(mine.token())) {
      return false;
    }
    for (int i = 0; i < chain.size(); i++) {
      if (!chain.get(i).isStill(now.get(i), unchanged)) {
        return false;
      }
    }
    return true;
  }

  /** Creates a file, whole and atomically; false if there was one. */
  private boolean create(Path place, LockRecord mine) throws IOException {
    Path draft = directory.resolve(DRAFT + mine.token());
    try {
      write(draft, mine.text());
      try {
        linker.link(place, draft);
      } catch (FileAlreadyExistsException e) {
        // it may be our own: over NFS an answer can get lost, and the question is asked again
      } catch (UnsupportedOperationException | FileSystemException noLinks) {
        createWithoutLinks(place, mine);
      }
    } finally {
      Files.deleteIfExists(draft);
    }
    return read(place).filter(mine.text()::equals).isPresent();
  }

  private static void createWithoutLinks(Path place, LockRecord mine) throws IOException {
    try {
      write(place, mine.text());
    } catch (FileAlreadyExistsException e) {
      // another was faster
    }
  }

  /** Creates a file that must not exist; nothing is left where it can not be written. */
  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      try {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      } catch (IOException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // over NFS an answer can get lost, and the question is asked again
    }
  }
}
