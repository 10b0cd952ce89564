package org.jobfold.backend.local;

import java.util.List;

/**
 * How the GPUs of a host are shared out among folders.
 *
 * @param naming what a placement says of them
 * @param ids those of this host, as its programs know them
 */
public record GpuUse(Naming naming, List<String> ids) {
  /** What a placement says. */
  public enum Naming {
    /** Nothing: they are not shared out, and folders see what jobfold sees. */
    NONE,
    /** Their ids. */
    IDS,
    /** Their places among the ids of the host, from 0 on: only the host itself knows these. */
    PLACES
  }

  /** They are not shared out. */
  public static final GpuUse NONE = new GpuUse(Naming.NONE, List.of());

  /** Copies the list. */
  public GpuUse {
    ids = List.copyOf(ids);
  }

  /** The GPUs with these ids are shared out. */
  public static GpuUse of(List<String> ids) {
    return new GpuUse(Naming.IDS, ids);
  }

  /** Whether they are shared out. */
  public boolean isShared() {
    return naming != Naming.NONE;
  }

  /** The same on a host that has these ids. */
  public GpuUse on(List<String> own) {
    return naming == Naming.PLACES ? new GpuUse(naming, own) : this;
  }

  /** The ids of those that a placement has here. */
  List<String> ids(List<String> placed) throws CannotStartException {
    if (naming != Naming.PLACES || ids.isEmpty()) {
      return placed;
    }
    for (String place : placed) {
      if (Integer.parseInt(place) >= ids.size()) {
        throw CannotStartException.because(
            "GPU %s of host '%s' is to be used, and only %s can be seen there: name the GPUs by '--gpus'"
                .formatted(place, ThisHost.name(), ids));
      }
    }
    return placed.stream().map(place -> ids.get(Integer.parseInt(place))).toList();
  }
}
