using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Standalone;

/// <summary>Tells settings that are wrong from defects of the program.</summary>
public static class WrongSettings
{
    private const string Remedy = "Correct the setting in the environment or the settings file; docs/configuration.md lists them.";

    /// <summary>Wrong settings come out as one refusal that names them all.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>.</exception>
    public static void Refuse(IServiceCollection services, IConfiguration configuration)
    {
        var problems = SettingsReview.Problems(services, configuration);
        if (problems.Count > 0)
            throw new DomainException(FailureCodes.InvalidOption, string.Join(" ", problems), Remedy);
    }
}
