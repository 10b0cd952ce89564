package org.jobfold.schedule;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;

/** Makes the job folder that the engine runs out of a job. One thread uses it. */
final class Folders {
  private static final int MOST_KEPT = 1024;

  private final Optional<Duration> timeout;
  private final Map<JobOptions, Settings> known = new HashMap<>();

  /** With a timeout for jobs that have none of their own. */
  Folders(Optional<Duration> timeout) {
    this.timeout = timeout;
  }

  JobFolder of(JobFolder folder, Job job) {
    Settings settings = settings(job.options());
    if (!(job instanceof ProcessJob process)) {
      return folder.with(settings);
    }
    Settings streams =
        settings
            .edit()
            .env(process.env())
            .stdin(process.stdin())
            .stdout(process.stdout())
            .stderr(process.stderr())
            .build();
    return new JobFolder(
        folder.name(),
        new Functional.Program(process.command()),
        streams,
        false,
        folder.depends(),
        folder.phase());
  }

  private Settings settings(JobOptions options) {
    Settings made = known.get(options);
    if (made == null) {
      if (known.size() >= MOST_KEPT) {
        known.clear();
      }
      made =
          Settings.DEFAULT
              .edit()
              .tokens(new TreeMap<>(options.tokens()))
              .priority(options.priority())
              .timeout(options.timeout().or(() -> timeout))
              .build();
      known.put(options, made);
    }
    return made;
  }
}
