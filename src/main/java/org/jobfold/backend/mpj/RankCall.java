package org.jobfold.backend.mpj;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import mpi.Intracomm;
import mpi.MPI;
import org.jobfold.backend.local.FolderVariables;
import org.jobfold.backend.mpj.Message.Begin;
import org.jobfold.backend.mpj.Message.Done;
import org.jobfold.backend.mpj.Message.Judged;
import org.jobfold.backend.mpj.Message.Judgement;
import org.jobfold.backend.mpj.Message.Ready;
import org.jobfold.backend.mpj.Message.Verdict;
import org.jobfold.call.CallContext;
import org.jobfold.call.MpiCall;
import org.jobfold.call.MpiContext;

/**
 * One rank's part of one call, in a thread of its own: makes the communicator, makes the call and
 * says how it ended. {@link #interrupt} may come at any time, from another thread.
 */
final class RankCall implements Runnable {
  private static final int GO = 1;
  private static final int PASS_OVER = 2;
  private static final int STOP = 3;

  private final Begin begin;
  private final boolean leads;
  private final Communicators communicators;
  private final UserClasses classes;
  private final Interruption interruption;
  private final Consumer<Message> lead;
  private final CallContext context;
  private final AtomicInteger signal = new AtomicInteger();
  private Optional<MpiCall> instance = Optional.empty();

  RankCall(
      int rank,
      Begin begin,
      Communicators communicators,
      UserClasses classes,
      Interruption interruption,
      Consumer<Message> lead) {
    this.begin = begin;
    this.leads = begin.ranks().get(0) == rank;
    this.communicators = communicators;
    this.classes = classes;
    this.interruption = interruption;
    this.lead = lead;
    CallSpec spec = begin.spec();
    this.context =
        new CallContext(
            spec.params(),
            Path.of(spec.directory()),
            spec.folder(),
            spec.trial(),
            begin.ranks().size(),
            spec.hosts());
  }

  /** Tells the call of a signal. */
  void signal(int number) {
    signal.set(number);
  }

  /** Asks the call to end. */
  void interrupt() {
    interruption.ask();
  }

  @Override
  public void run() {
    lead.accept(part());
  }

  private Done part() {
    Intracomm communicator;
    try {
      communicator = communicators.get(begin.communicator(), begin.ranks());
    } catch (RuntimeException | Error e) {
      return done(Verdict.NO_COMMUNICATOR, "the communicator can not be made: " + e, trace(e));
    }
    lead.accept(new Ready(begin.call()));
    try (CallOutput output = output()) {
      Done how = part(communicator, output);
      return new Done(
          how.call(),
          how.verdict(),
          how.reason(),
          how.trace(),
          output.restOfOut(),
          output.restOfErr(),
          ProcessorTime.ofThisThread());
    } catch (IOException e) {
      tell(communicator, STOP);
      return done(Verdict.REFUSED, "the folder's output can not be written: " + e, "");
    }
  }

  private CallOutput output() throws IOException {
    CallSpec spec = begin.spec();
    return leads
        ? CallOutput.toFiles(Path.of(spec.stdout()), Path.of(spec.stderr()))
        : CallOutput.kept();
  }

  /** The first rank finds out whether to call, and tells the others. */
  private Done part(Intracomm communicator, CallOutput output) {
    if (!leads) {
      int told = tell(communicator, 0);
      if (told != GO) {
        return done(told == PASS_OVER ? Verdict.PASSED_OVER : Verdict.NOT_BEGUN, "", "");
      }
    }
    int say = STOP;
    try {
      MpiCall call = classes.instance(begin.spec().className(), begin.spec().classpath());
      instance = Optional.of(call);
      say = leads && isDone(call) ? PASS_OVER : GO;
    } catch (UserClasses.NoCallException | IllegalArgumentException e) {
      return done(Verdict.REFUSED, String.valueOf(e.getMessage()), "");
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return done(Verdict.THREW, cause.toString(), trace(cause));
    } finally {
      if (leads) {
        tell(communicator, say);
      }
    }
    if (say == PASS_OVER) {
      output.out().println("the files show success already: the call is passed over");
      return done(Verdict.PASSED_OVER, "", "");
    }
    return called(instance.orElseThrow(), communicator, output);
  }

  private Done called(MpiCall call, Intracomm communicator, CallOutput output) {
    if (!interruption.begin()) {
      return done(Verdict.NOT_BEGUN, "", "");
    }
    Thread.currentThread().setContextClassLoader(call.getClass().getClassLoader());
    try {
      call.call(told(output), communicator);
      return done(Verdict.RETURNED, "", "");
    } catch (Throwable e) {
      return done(Verdict.THREW, e.toString(), trace(e));
    } finally {
      interruption.end();
    }
  }

  private MpiContext told(CallOutput output) {
    return new MpiContext(
        context,
        environment(),
        output.out(),
        output.err(),
        interruption::isAsked,
        () -> signal.get() == 0 ? OptionalInt.empty() : OptionalInt.of(signal.get()));
  }

  /** What a process of the folder would find here. */
  private SortedMap<String, String> environment() {
    SortedMap<String, String> variables = new TreeMap<>(System.getenv());
    variables.keySet().removeIf(FolderVariables::areOfOneTrial);
    variables.putAll(begin.spec().variables());
    return variables;
  }

  private boolean isDone(MpiCall call) {
    if (context.overwrite()) {
      return false;
    }
    try {
      return call.successful(context).orElse(false);
    } catch (Exception | LinkageError e) {
      return false;
    }
  }

  /** What the first rank says, told to all. */
  private int tell(Intracomm communicator, int what) {
    int[] told = {what};
    if (begin.ranks().size() > 1) {
      communicator.Bcast(told, 0, 1, MPI.INT, 0);
    }
    return told[0];
  }

  /** Asks, after the call, what the files show. */
  Judged judge() {
    try {
      Judgement judgement =
          instance
              .orElseThrow()
              .successful(context)
              .map(yes -> yes ? Judgement.SUCCESS : Judgement.FAILURE)
              .orElse(Judgement.SILENT);
      return new Judged(begin.call(), judgement, "");
    } catch (Throwable e) {
      return new Judged(begin.call(), Judgement.FAILURE, "they can not be read: " + e);
    }
  }

  private Done done(Verdict verdict, String reason, String trace) {
    return new Done(begin.call(), verdict, reason, trace, "", "", ProcessorTime.ofThisThread());
  }

  /** The stack trace without what is below the call. */
  private static String trace(Throwable thrown) {
    StackTraceElement[] frames = thrown.getStackTrace();
    int own = 0;
    while (own < frames.length && !frames[own].getClassName().equals(RankCall.class.getName())) {
      own++;
    }
    thrown.setStackTrace(Arrays.copyOf(frames, own));
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
