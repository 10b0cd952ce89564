package org.jobfold.launch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals of this process. The JDK offers them in {@code sun.misc.Signal} alone, which the
 * compiler warns of wherever it is named; so it is called by reflection.
 *
 * <p>A signal that the virtual machine keeps for itself stays with it: it ends the process.
 */
public final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
  private static final List<String> NAMES = List.of("HUP", "INT", "TERM", "USR1");

  private Signals() {}

  /**
   * Hands the signals by which a process is asked to end to a handler.
   *
   * @param handler gets the number of each signal, on a thread of the virtual machine
   * @return gives the signals back to who had them before
   */
  public static Runnable handle(Consumer<Integer> handler) {
    Map<String, Object> before = new HashMap<>();
    for (String name : NAMES) {
      try {
        before.put(name, set(name, proxy(name, handler)));
      } catch (ReflectiveOperationException e) {
        LOG.debug("SIG{} is left to the virtual machine: {}", name, reason(e).getMessage());
      }
    }
    return () -> before.forEach(Signals::restore);
  }

  private static void restore(String name, Object handler) {
    try {
      set(name, handler);
    } catch (ReflectiveOperationException e) {
      LOG.debug("SIG{} can not be given back: {}", name, reason(e).getMessage());
    }
  }

  /** Gives a signal another handler; returns the one that it had. */
  private static Object set(String name, Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> receiver = Class.forName("sun.misc.SignalHandler");
    return signal
        .getMethod("handle", signal, receiver)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
  }

  private static Object proxy(String name, Consumer<Integer> handler)
      throws ReflectiveOperationException {
    Class<?> receiver = Class.forName("sun.misc.SignalHandler");
    Method number = Class.forName("sun.misc.Signal").getMethod("getNumber");
    return Proxy.newProxyInstance(
        receiver.getClassLoader(),
        new Class<?>[] {receiver},
        (self, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                handler.accept((Integer) number.invoke(arguments[0]));
                yield null;
              }
              case "equals" -> self == arguments[0];
              case "hashCode" -> System.identityHashCode(self);
              default -> "jobfold's handler of SIG" + name;
            });
  }

  private static Throwable reason(ReflectiveOperationException e) {
    Throwable cause = e instanceof InvocationTargetException ? e.getCause() : null;
    return cause == null ? e : cause;
  }
}
