using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>What must be given besides when the store is a bucket: the address, keys and files that exist.</summary>
internal sealed class S3SettingsValidator(IOptions<StoreOptions> store) : IValidateOptions<S3Options>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, S3Options options)
    {
        if (!IsUsed())
            return ValidateOptionsResult.Skip;
        string?[] problems =
        [
            AddressProblem(options.Endpoint),
            KeyProblem(nameof(S3Options.AccessKey), options.AccessKey, options.AccessKeyFile),
            KeyProblem(nameof(S3Options.SecretKey), options.SecretKey, options.SecretKeyFile),
            FileProblem(nameof(S3Options.CertificateAuthorityFile), options.CertificateAuthorityFile),
        ];
        var found = problems.OfType<string>().ToArray();
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private bool IsUsed()
    {
        try
        {
            return store.Value.Kind == StoreOptions.InS3;
        }
        catch (OptionsValidationException)
        {
            return false; // reported for itself
        }
    }

    private static string? AddressProblem(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.PathAndQuery == "/"
            ? null
            : $"S3:Endpoint is '{endpoint}': give scheme, host and port only, such as http://localhost:9000.";

    private static string? KeyProblem(string name, string? value, string? file) => string.IsNullOrEmpty(file)
        ? string.IsNullOrEmpty(value) ? $"Store:Kind is s3, but neither S3:{name}File nor S3:{name} is given." : null
        : FileProblem(name + "File", file);

    private static string? FileProblem(string name, string? file) =>
        string.IsNullOrEmpty(file) || File.Exists(file) ? null : $"S3:{name} names '{file}', which does not exist.";
}
