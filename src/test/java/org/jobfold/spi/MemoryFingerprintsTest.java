package org.jobfold.spi;

import org.jobfold.folder.JobFolder;
import org.jobfold.print.Declared;

class MemoryFingerprintsTest extends FingerprintsContract {
  private final MemoryFingerprints memory = new MemoryFingerprints(folder -> Declared.NOTHING);

  @Override
  protected void write(JobFolder folder, String file, String text) {
    memory.write(folder.name(), file, text);
  }

  @Override
  protected void delete(JobFolder folder, String file) {
    memory.delete(folder.name(), file);
  }

  @Override
  protected Fingerprints open(Declared declared) {
    return memory.declaring(folder -> declared);
  }
}
