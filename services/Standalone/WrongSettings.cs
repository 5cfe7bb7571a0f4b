using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;

namespace SparsePipeline.Standalone;

/// <summary>Tells settings that are wrong from defects of the program.</summary>
internal static class WrongSettings
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";
    private const string Remedy = "Correct the setting in the environment or the settings file; docs/configuration.md lists them.";

    /// <summary>Does what reads settings for the first time; wrong ones come out as one refusal that names them all.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>.</exception>
    public static T Refuse<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (Problems(exception) is { Count: > 0 } problems)
        {
            throw new DomainException(FailureCodes.InvalidOption, string.Join(" ", problems), Remedy);
        }
    }

    // All validators are heard before an AggregateException is thrown; a value of the wrong type is the binder's to complain about.
    private static List<string> Problems(Exception exception) => exception switch
    {
        AggregateException several => [.. several.InnerExceptions.SelectMany(Problems)],
        OptionsValidationException wrong => [.. wrong.Failures],
        InvalidOperationException { Source: Binder } unreadable => [unreadable.Message],
        _ => [],
    };
}
