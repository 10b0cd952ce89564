package org.jobfold.backend.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jobfold.backend.local.CoreShare;
import org.jobfold.backend.local.GpuUse;
import org.jobfold.backend.local.LocalOptions;
import org.jobfold.backend.local.MpiLine;
import org.jobfold.comm.Host;
import org.jobfold.control.Lease;
import org.jobfold.control.Secret;
import org.jobfold.folder.ShellWords;

/**
 * All that an agent must know to join its lead and to start processes as the lead would: one line
 * of JSON, which goes to its standard input, since it holds the secret of the run.
 *
 * @param leads where the lead listens, the likeliest first; not empty
 * @param secret of the run
 * @param root the directory of the tree, absolute, the same on all hosts
 * @param sight the name of the file in the state directory by which the agent sees that it is the
 *     same
 * @param lease of the connection
 * @param patience how long it tries to join
 * @param local how programs are started; the variables are what trials inherit
 */
public record AgentInvitation(
    List<InetSocketAddress> leads,
    Secret secret,
    Path root,
    String sight,
    Lease lease,
    Duration patience,
    LocalOptions local) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The system property that names an archive of the classes that an agent loads. */
  private static final String ARCHIVE = "jobfold.agent.archive";

  /** Copies the collections; refuses one without a lead. */
  public AgentInvitation {
    leads = List.copyOf(leads);
    if (leads.isEmpty()) {
      throw new IllegalArgumentException("an invitation names no lead");
    }
  }

  /** The line for the agent of one host, which then goes by this name. */
  public String line(Host host) {
    return line(Optional.of(host));
  }

  /** One line for all agents: each goes by what its host is called. */
  public String line() {
    return line(Optional.empty());
  }

  private String line(Optional<Host> host) {
    ObjectNode json = JSON.createObjectNode();
    json.put("lead", leads.stream().map(AgentInvitation::text).collect(Collectors.joining(",")));
    json.put("secret", secret.hex());
    json.put("root", root.toString());
    json.put("sight", sight);
    json.put("beat", lease.beat().toMillis());
    json.put("silence", lease.silence().toMillis());
    json.put("patience", patience.toMillis());
    host.ifPresent(name -> json.put("host", name.name()));
    local.mpi().words().forEach(json.putArray("mpi")::add);
    local.across().words().forEach(json.putArray("across")::add);
    ObjectNode cores = json.putObject("cores");
    local
        .cores()
        .forEach(
            (name, share) ->
                cores
                    .putArray(name.name())
                    .add(share.first())
                    .add(share.ranks())
                    .add(share.cores()));
    json.put("gpus", local.gpus().naming().name());
    local.gpus().ids().forEach(json.putArray("gpuIds")::add);
    local.env().forEach(json.putObject("environment")::put);
    return json.toString();
  }

  /** An invitation that was read, and the name that the host has there. */
  record Read(AgentInvitation invitation, Optional<Host> host) {}

  /**
   * Reads a line.
   *
   * @throws IOException if it is no invitation; the message does not show the line
   */
  static Read read(String line) throws IOException {
    try {
      JsonNode json = JSON.readTree(line);
      List<InetSocketAddress> leads = new ArrayList<>();
      for (String lead : json.required("lead").asText().split(",", -1)) {
        int colon = lead.lastIndexOf(':');
        leads.add(
            new InetSocketAddress(
                lead.substring(0, colon), Integer.parseInt(lead.substring(colon + 1))));
      }
      Map<Host, CoreShare> cores = new TreeMap<>();
      json.required("cores")
          .properties()
          .forEach(
              each ->
                  cores.put(
                      new Host(each.getKey()),
                      new CoreShare(
                          each.getValue().required(0).asInt(),
                          each.getValue().required(1).asInt(),
                          each.getValue().required(2).asInt())));
      Map<String, String> environment = new TreeMap<>();
      json.required("environment")
          .properties()
          .forEach(each -> environment.put(each.getKey(), each.getValue().asText()));
      return new Read(
          new AgentInvitation(
              leads,
              Secret.of(json.required("secret").asText()),
              Path.of(json.required("root").asText()),
              json.required("sight").asText(),
              new Lease(millis(json, "beat"), millis(json, "silence")),
              millis(json, "patience"),
              LocalOptions.ranks(1)
                  .withMpi(mpi(json.required("mpi")))
                  .withMpiAcross(mpi(json.required("across")))
                  .withCores(cores)
                  .withGpus(gpus(json))
                  .withEnv(environment)),
          Optional.ofNullable(json.get("host")).map(name -> new Host(name.asText())));
    } catch (IOException | RuntimeException e) {
      // what Jackson says may quote the line, and with it the secret
      throw new IOException(
          "standard input holds no invitation: an agent is started by the lead of a run");
    }
  }

  private static GpuUse gpus(JsonNode json) {
    List<String> ids = new ArrayList<>();
    json.required("gpuIds").forEach(id -> ids.add(id.asText()));
    return new GpuUse(GpuUse.Naming.valueOf(json.required("gpus").asText()), ids);
  }

  private static MpiLine mpi(JsonNode words) {
    List<String> line = new ArrayList<>();
    words.forEach(word -> line.add(word.asText()));
    return new MpiLine(line);
  }

  private static Duration millis(JsonNode json, String field) {
    return Duration.ofMillis(json.required(field).asLong());
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /**
   * The words that start an agent, on a host that has this one's files: the same Java, the same
   * jobfold, a locale in which all names of files can be read.
   */
  public static List<String> command() {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("env", "LC_ALL=" + locale()));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto"));
    String archive = System.getProperty(ARCHIVE, "");
    if (!archive.isEmpty()) {
      // One that does not fit the Java over there is left alone, and nothing is said of it.
      words.addAll(
          List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=error:stderr"));
    }
    words.add("-cp");
    words.add(classPath());
    words.add(Agent.class.getName());
    return words;
  }

  /** The same words as a shell on the other host reads them. */
  public static List<String> shellCommand() {
    return command().stream().map(ShellWords::word).toList();
  }

  private static String locale() {
    Map<String, String> variables = System.getenv();
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      String value = variables.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "C.UTF-8";
  }

  /** The jar; or, where there is none, all that this program has. */
  private static String classPath() {
    CodeSource source = Agent.class.getProtectionDomain().getCodeSource();
    try {
      if (source != null && source.getLocation().getPath().endsWith("jobfold.jar")) {
        return Path.of(source.getLocation().toURI()).toString();
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("jobfold's own place '" + source + "' is no path", e);
    }
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .map(each -> Path.of(each).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
