using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Lets a service that needs runners stop at its start when there is no runner executable.</summary>
internal sealed class RunnerPathValidator : IValidateOptions<RunnerOptions>
{
    public ValidateOptionsResult Validate(string? name, RunnerOptions options) => File.Exists(RunnerLocation.Find(options))
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"Runners:Path: there is no runner executable '{RunnerLocation.Find(options)}'. "
            + "Set the path, or build or publish services/Runner beside this program.");
}
