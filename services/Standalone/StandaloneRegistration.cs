using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Standalone;

/// <summary>Everything the embedded pipeline consists of: all workers and the follower of runs on one bus.</summary>
internal static class StandaloneRegistration
{
    public static HostApplicationBuilder AddStandalone(this HostApplicationBuilder builder, EmbeddedOptions options)
    {
        // The submitter's own process reads what the submitter can; every other source may say otherwise.
        builder.Configuration.AddInMemoryCollection([new($"{DataOptions.Section}:{nameof(DataOptions.Roots)}", DataOptions.Everywhere)]);
        foreach (var worker in StepKinds.Services)
            builder.Configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, worker + ".settings.json"), optional: true);
        builder.AddSparsePipelineDefaults("standalone");
        builder.Configuration.AddInMemoryCollection(SettingsOf(options));
        builder.Services
            .AddSingleton<IHostLifetime, CallerLifetime>()
            .AddPipelineSteps(builder.Configuration)
            .AddRunFollower(builder.Configuration)
            .AddBus(builder.Configuration);
        return builder;
    }

    private static IEnumerable<KeyValuePair<string, string?>> SettingsOf(EmbeddedOptions options)
    {
        yield return new("Store:Folder", options.StoreFolder);
        if (options.Runners is { } runners)
            yield return new("Runners:Count", runners.ToString());
        foreach (var setting in options.Settings)
            yield return setting;
    }
}
