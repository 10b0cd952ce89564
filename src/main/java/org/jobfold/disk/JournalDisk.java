package org.jobfold.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What the files of lines, journals and fingerprints, ask of the file system, one step a method, so
 * that a test can let each of them fail.
 */
interface JournalDisk {
  /** The file system. */
  JournalDisk REAL = new Real();

  /** A new file; one that is there already is written over. */
  Output create(Path file) throws IOException;

  /** A file to go on with; a new one if it is not there. */
  Output open(Path file) throws IOException;

  /**
   * Gives a file a name that no file has, at one stroke.
   *
   * @throws FileAlreadyExistsException if there is one of that name, which is left as it is
   */
  void claim(Path from, Path to) throws IOException;

  /** Gives a file a name, in place of the file that has it, at one stroke. */
  void replace(Path from, Path to) throws IOException;

  /** Deletes a file that may be there. */
  void delete(Path file) throws IOException;

  /** A file that is written to. */
  interface Output {
    /** Writes at a place of the file; how many bytes it took. */
    int write(ByteBuffer bytes, long position) throws IOException;

    /** Returns when what was written is on the disk. */
    void force() throws IOException;

    /** Lets go of it. */
    void close() throws IOException;
  }

  /** The file system. */
  final class Real implements JournalDisk {
    private Real() {}

    @Override
    public Output create(Path file) throws IOException {
      return new Channel(
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE));
    }

    @Override
    public Output open(Path file) throws IOException {
      return new Channel(
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    @Override
    public void claim(Path from, Path to) throws IOException {
      try {
        Files.createLink(to, from);
        Files.delete(from);
      } catch (FileAlreadyExistsException taken) {
        throw taken;
      } catch (IOException | UnsupportedOperationException noLinksHere) {
        if (Files.exists(to)) {
          throw new FileAlreadyExistsException(to.toString());
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      }
      forceDirectory(to);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
      try {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        // over a network a rename that was done can be answered with an error
        if (Files.exists(from)) {
          throw e;
        }
      }
      forceDirectory(to);
    }

    @Override
    public void delete(Path file) throws IOException {
      Files.deleteIfExists(file);
    }

    /**
     * A name that is not on the disk yet is only lost with the machine: then an older one counts.
     */
    private static void forceDirectory(Path file) {
      Path directory = file.toAbsolutePath().getParent();
      if (directory == null) {
        return;
      }
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException notHere) {
        // some file systems can not
      }
    }

    private record Channel(FileChannel channel) implements Output {
      @Override
      public int write(ByteBuffer bytes, long position) throws IOException {
        return channel.write(bytes, position);
      }

      @Override
      public void force() throws IOException {
        channel.force(false);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    }
  }
}
