package mpi;

/** What was received. */
public class Status {
  Status() {}
}
