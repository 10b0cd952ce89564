package mpi;

/** A way to combine elements. */
public class Op {
  Op() {}
}
