package mpi;

/** The type of the elements of an array. */
public abstract class Datatype {
  Datatype() {}
}
