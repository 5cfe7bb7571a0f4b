using System.Buffers;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace SparsePipeline.Infrastructure.Access;

/// <summary>What the holder of a key sends: <c>spk_{keyId}_{secret}_{crc}</c>.</summary>
/// <remarks>
/// The last eight hexadecimal digits are the CRC-32 of everything before the last underscore, so that scanners and typing errors are told without a store.
/// The secret may hold underscores itself; parts are told by their position.
/// </remarks>
public sealed record AccessToken
{
    private const string Prefix = "spk_";
    private const int KeyIdLength = 12;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const int Secret = 4 + KeyIdLength + 1;
    private const int Crc = Secret + SecretLength + 1;
    private const int Length = Crc + 8;
    private const string KeyIdCharacters = "abcdefghijklmnopqrstuvwxyz234567";

    private AccessToken(string keyId, string secretHash) => (KeyId, SecretHash) = (keyId, secretHash);

    /// <summary>Which key it is.</summary>
    public string KeyId { get; }

    /// <summary>SHA-256 of the secret, as stores have it.</summary>
    public string SecretHash { get; }

    /// <summary>A new token: the text that is shown once, and what is kept of it.</summary>
    public static (string Text, AccessToken Kept) Create() => Create(RandomNumberGenerator.GetString(KeyIdCharacters, KeyIdLength));

    /// <summary>A new token of a key.</summary>
    public static (string Text, AccessToken Kept) Create(string keyId)
    {
        var start = $"{Prefix}{keyId}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        var text = $"{start}_{CrcOf(start)}";
        return (text, Parse(text)!);
    }

    /// <summary>The id of the key that a request makes, the same whenever it is sent.</summary>
    public static string KeyIdOf(string requestId) => string.Create(KeyIdLength, SHA256.HashData(Encoding.UTF8.GetBytes($"key\n{requestId}")), (keyId, hash) =>
    {
        for (var i = 0; i < keyId.Length; i++)
            keyId[i] = KeyIdCharacters[hash[i] % KeyIdCharacters.Length];
    });

    /// <summary>The token in a text; null when it is none.</summary>
    public static AccessToken? Parse(string text)
    {
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Secret - 1] != '_' || text[Crc - 1] != '_')
            return null;
        var keyId = text[Prefix.Length..(Secret - 1)];
        return IsKeyId(keyId) && text[Crc..] == CrcOf(text[..(Crc - 1)]) ? new AccessToken(keyId, HashOf(text[Secret..(Crc - 1)])) : null;
    }

    /// <summary>Whether a key could have this id, so that nothing else ever becomes part of a path.</summary>
    public static bool IsKeyId(string text) => text.Length == KeyIdLength && !text.AsSpan().ContainsAnyExcept(KeyIdSearch);

    /// <summary>Whether the secret is that of a hash; takes as long for every wrong one.</summary>
    public bool Matches(string secretHash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(SecretHash), Encoding.ASCII.GetBytes(secretHash));

    private static readonly SearchValues<char> KeyIdSearch = SearchValues.Create(KeyIdCharacters);

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));

    private static string CrcOf(string start) => Crc32.HashToUInt32(Encoding.UTF8.GetBytes(start)).ToString("x8");
}
