using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>Binds and validates every option of the shared infrastructure.</summary>
public static class OptionsRegistration
{
    /// <summary>Binds the sections of <paramref name="configuration"/>; a wrong value stops the host at its start.</summary>
    public static IServiceCollection AddSparsePipelineOptions(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidated<StoreOptions, StoreOptionsValidator>(configuration, StoreOptions.Section)
        .AddValidated<S3Options, S3OptionsValidator>(configuration, S3Options.Section)
        .AddValidated<ClaimOptions, ClaimOptionsValidator>(configuration, ClaimOptions.Section)
        .AddValidated<RunnerOptions, RunnerOptionsValidator>(configuration, RunnerOptions.Section)
        .AddValidated<TrainingSliceOptions, TrainingSliceOptionsValidator>(configuration, TrainingSliceOptions.Section)
        .AddValidated<HostingOptions, HostingOptionsValidator>(configuration, HostingOptions.Section)
        .AddValidated<SeqOptions, SeqOptionsValidator>(configuration, SeqOptions.Section);

    /// <summary>Binds one section; a wrong value stops the host at its start.</summary>
    internal static IServiceCollection AddValidated<TOptions, TValidator>(
        this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateOnStart();
        return services;
    }
}
