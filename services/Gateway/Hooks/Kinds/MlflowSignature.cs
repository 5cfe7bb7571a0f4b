using System.Globalization;
using System.Text;

namespace SparsePipeline.Gateway.Hooks.Kinds;

/// <summary>Signatures of MLflow's webhooks: base64 of the HMAC-SHA256 over delivery, point, seconds, point and body, under the secret as it stands.</summary>
internal static class MlflowSignature
{
    private const string Version = "v1,";

    /// <summary>The signature of a message.</summary>
    public static string Sign(string secret, string delivery, string seconds, ReadOnlySpan<byte> body) =>
        Version + Convert.ToBase64String(Proofs.Mac(secret, [.. Encoding.UTF8.GetBytes($"{delivery}.{seconds}."), .. body]));

    /// <summary>Whether a signature is that of a message under one of the secrets, and its time is near.</summary>
    public static bool IsValid(IReadOnlyList<string> secrets, string delivery, string seconds, byte[] body, string signature, DateTimeOffset now) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var sent) && sent <= uint.MaxValue
        && (now - DateTimeOffset.FromUnixTimeSeconds(sent)).Duration() <= StandardSignature.Tolerance
        && Proofs.IsOfAny(secrets, signature, secret => Sign(secret, delivery, seconds, body));
}
