using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Uploads;

/// <summary>The permission that is part of the address bytes are sent to: until when, and an HMAC over that. No key is ever sent there.</summary>
internal static class UploadAddress
{
    /// <summary>How long an address is good for.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>What goes into the address.</summary>
    public static string Sign(Upload upload, DateTimeOffset until)
    {
        var seconds = until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{seconds}.{Base64Url.EncodeToString(MacOf(upload, seconds))}";
    }

    /// <summary>Whether it is of this upload, whatever the time is.</summary>
    public static bool IsOf(Upload upload, string permission, out DateTimeOffset until)
    {
        until = default;
        var parts = permission.Split('.');
        if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > uint.MaxValue)
            return false;
        until = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(parts[1]), Encoding.UTF8.GetBytes(Base64Url.EncodeToString(MacOf(upload, parts[0]))));
    }

    private static byte[] MacOf(Upload upload, string seconds) =>
        HMACSHA256.HashData(Base64Url.DecodeFromChars(upload.Secret), Encoding.UTF8.GetBytes($"{upload.UploadId}.{seconds}"));
}
