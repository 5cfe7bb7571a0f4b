using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SparsePipeline.Gateway.Hooks;

/// <summary>Signatures as in the specification of Standard Webhooks 1.0: base64 of the HMAC-SHA256 over id, point, seconds, point and body.</summary>
internal static class StandardSignature
{
    /// <summary>How far the sender's clock may be from ours: a message that is kept and sent again later is refused.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";
    private const int SecretBytes = 24;
    private const int MostSecretBytes = 64;

    /// <summary>A new secret.</summary>
    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Whether a text is a secret: its prefix and base64 of 24 to 64 bytes.</summary>
    public static bool IsSecret(string text)
    {
        var bytes = new byte[MostSecretBytes + 1];
        return text.StartsWith(SecretPrefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[SecretPrefix.Length..], bytes, out var count) && count is >= SecretBytes and <= MostSecretBytes;
    }

    /// <summary>The signature of a message.</summary>
    public static string Sign(string secret, string id, string seconds, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. body];
        return Version + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), signed));
    }

    /// <summary>Whether one of some signatures is that of a message under one of the secrets, and its time is near.</summary>
    /// <param name="secrets">Of the hook.</param>
    /// <param name="id">Of the message.</param>
    /// <param name="seconds">Its time, in seconds since 1970.</param>
    /// <param name="body">As it came.</param>
    /// <param name="signatures">With spaces between them, as senders that rotate their secret send them.</param>
    /// <param name="now">The time here.</param>
    public static bool IsValid(IReadOnlyList<string> secrets, string id, string seconds, ReadOnlySpan<byte> body, string signatures, DateTimeOffset now)
    {
        if (!long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var sent) || sent > uint.MaxValue || (now - DateTimeOffset.FromUnixTimeSeconds(sent)).Duration() > Tolerance)
            return false;
        var valid = false;
        foreach (var secret in secrets)
        {
            var expected = Encoding.ASCII.GetBytes(Sign(secret, id, seconds, body));
            foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                valid |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
        }
        return valid;
    }
}
