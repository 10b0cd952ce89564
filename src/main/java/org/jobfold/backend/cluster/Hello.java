package org.jobfold.backend.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jobfold.comm.Host;

/**
 * The first message of an agent. It is JSON, so that any two versions understand it.
 *
 * @param schema which messages it understands
 * @param host the name that it goes by
 * @param refusal why it can not serve; empty if it can
 */
record Hello(String schema, Host host, String refusal) {
  /** Which messages this version understands. */
  static final String SCHEMA = digest(ToAgent.CODEC.schema() + ToLead.CODEC.schema());

  private static final ObjectMapper JSON = new ObjectMapper();

  byte[] bytes() {
    return JSON.createObjectNode()
        .put("schema", schema)
        .put("host", host.name())
        .put("refusal", refusal)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  static Hello read(byte[] bytes) throws UnreadableException {
    try {
      JsonNode json = JSON.readTree(bytes);
      return new Hello(
          json.required("schema").asText(),
          new Host(json.required("host").asText()),
          json.required("refusal").asText());
    } catch (IOException | RuntimeException e) {
      throw new UnreadableException("a first message is none of an agent", e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
