package org.jobfold;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jobfold.cli.Outside;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals of this process. The JDK offers them in {@code sun.misc.Signal} alone, which the
 * compiler warns of wherever it is named; so it is called by reflection.
 *
 * <p>Where the virtual machine keeps a signal for itself, it ends jobfold, and the launcher's guard
 * ends the trials.
 */
final class ProcessSignals implements Outside.Signals {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessSignals.class);
  private static final String[] NAMES = {"HUP", "INT", "TERM", "USR1"};

  @Override
  public Outside.Handling handle(Consumer<Integer> handler) {
    Map<String, Object> before = new HashMap<>();
    for (String name : NAMES) {
      try {
        before.put(name, set(name, proxy(name, handler)));
      } catch (ReflectiveOperationException e) {
        LOG.debug("SIG{} is left to the virtual machine: {}", name, reason(e).getMessage());
      }
    }
    return () -> before.forEach(ProcessSignals::restore);
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
