using System.Security.Cryptography;

namespace SparsePipeline.Checkpoints;

/// <summary>Names content: SHA-256 of a file's bytes, as artifact references carry it.</summary>
public static class ContentDigest
{
    /// <summary>Streams the file. 64 lower-case hexadecimal digits.</summary>
    public static string OfFile(string path)
    {
        using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 20, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
