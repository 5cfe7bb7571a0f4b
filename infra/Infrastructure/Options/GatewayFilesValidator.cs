using System.Net;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>What the attributes cannot say.</summary>
public sealed class GatewayFilesValidator : IValidateOptions<GatewayOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrEmpty(options.CertificateFile) != string.IsNullOrEmpty(options.KeyFile))
            problems.Add("Of Gateway:CertificateFile and Gateway:KeyFile one is set: set both, or none.");
        problems.AddRange(new[] { options.CertificateFile, options.KeyFile }.Where(f => !string.IsNullOrEmpty(f) && !File.Exists(f))
            .Select(f => $"Gateway:CertificateFile or Gateway:KeyFile is '{f}', which does not exist: name a file in PEM."));
        problems.AddRange(Proxies(options).Where(p => !IPAddress.TryParse(p, out _) && !IPNetwork.TryParse(p, out _))
            .Select(p => $"Gateway:TrustedProxies holds '{p}', which is no address and no network: write them such as 10.0.0.7 and 10.244.0.0/16."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>The addresses and networks of trusted proxies, as they were written.</summary>
    public static IEnumerable<string> Proxies(GatewayOptions options) => options.TrustedProxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
