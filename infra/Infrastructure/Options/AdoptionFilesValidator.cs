using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>What the attributes cannot say: an address without a path, keys, and files that exist.</summary>
public sealed class AdoptionFilesValidator : IValidateOptions<AdoptionOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, AdoptionOptions options)
    {
        if (string.IsNullOrEmpty(options.Endpoint))
            return ValidateOptionsResult.Success;
        var problems = new List<string>();
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.PathAndQuery != "/")
            problems.Add($"Adoption:Endpoint is '{options.Endpoint}': give scheme, host and port only, such as http://localhost:9000.");
        foreach (var (key, value, file) in new[] { ("AccessKey", options.AccessKey, options.AccessKeyFile), ("SecretKey", options.SecretKey, options.SecretKeyFile) })
        {
            if (string.IsNullOrEmpty(value) && string.IsNullOrEmpty(file))
                problems.Add($"Adoption:Endpoint is given, but neither Adoption:{key}File nor Adoption:{key}: give one.");
        }
        problems.AddRange(new[] { options.AccessKeyFile, options.SecretKeyFile, options.CertificateAuthorityFile }.Where(f => !string.IsNullOrEmpty(f) && !File.Exists(f))
            .Select(f => $"The section Adoption names '{f}', which does not exist: name a file that this process may read."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
