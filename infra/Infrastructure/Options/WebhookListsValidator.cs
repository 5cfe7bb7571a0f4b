using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>What the attributes cannot say.</summary>
public sealed class WebhookListsValidator : IValidateOptions<WebhookOptions>
{
    private const double MostSeconds = 604_800;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var problems = new List<string>();
        problems.AddRange(Hosts(options).Where(h => IPAddress.TryParse(h, out _) || Uri.CheckHostName(h) != UriHostNameType.Dns)
            .Select(h => $"Webhooks:AllowedHosts holds '{h}', which is no name of a host: write names, such as hooks.internal."));
        problems.AddRange(Parts(options.RetrySeconds).Where(p => Seconds(p) is null).Select(p => $"Webhooks:RetrySeconds holds '{p}': write seconds above 0 and up to {MostSeconds:0}."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>The hosts that are allowed.</summary>
    public static IReadOnlyList<string> Hosts(WebhookOptions options) => Parts(options.AllowedHosts);

    /// <summary>The times before further tries.</summary>
    public static IReadOnlyList<TimeSpan> Retries(WebhookOptions options) => [.. Parts(options.RetrySeconds).Select(p => TimeSpan.FromSeconds(Seconds(p)!.Value))];

    private static double? Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= MostSeconds ? seconds : null;

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
