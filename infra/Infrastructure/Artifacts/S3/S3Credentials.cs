using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>The keys requests are signed with, from files or from the configuration.</summary>
internal static class S3Credentials
{
    public static string AccessKey(S3Options options) => Read(options.AccessKeyFile, options.AccessKey);

    public static string SecretKey(S3Options options) => Read(options.SecretKeyFile, options.SecretKey);

    private static string Read(string? file, string? value) => string.IsNullOrEmpty(file) ? value ?? "" : File.ReadAllText(file).Trim();
}
