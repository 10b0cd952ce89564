package org.jobfold.control;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys from a secret, as RFC 5869 has it, with HMAC-SHA256. */
final class Hkdf {
  private static final String MAC = "HmacSHA256";

  private Hkdf() {}

  static byte[] extract(byte[] salt, byte[] secret) {
    return mac(salt).doFinal(secret);
  }

  static byte[] expand(byte[] key, byte[] info, int length) {
    Mac mac = mac(key);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] block = {};
    for (int i = 1; all.size() < length; i++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) i);
      block = mac.doFinal();
      all.writeBytes(block);
    }
    return Arrays.copyOf(all.toByteArray(), length);
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each Java has " + MAC, e);
    }
  }
}
