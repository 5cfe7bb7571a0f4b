using System.Security.Cryptography;
using System.Text;

namespace SparsePipeline.Gateway.Hooks;

/// <summary>Compares what a sender proves itself with, without telling how much of it was right.</summary>
internal static class Proofs
{
    private const int SecretBytes = 32;

    /// <summary>A secret that is used as it stands.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Whether a proof is that of one of the secrets; all of them are tried.</summary>
    public static bool IsOfAny(IReadOnlyList<string> secrets, string proof, Func<string, string> proofOf)
    {
        var given = Encoding.UTF8.GetBytes(proof);
        var valid = false;
        foreach (var secret in secrets)
            valid |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(proofOf(secret)), given);
        return valid;
    }

    /// <summary>HMAC-SHA256 under a secret that is used as it stands.</summary>
    public static byte[] Mac(string secret, ReadOnlySpan<byte> signed) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);

    /// <summary>The same in hexadecimal digits.</summary>
    public static string MacInHex(string secret, ReadOnlySpan<byte> signed) => Convert.ToHexStringLower(Mac(secret, signed));
}
