using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>Binds and validates every option of the shared infrastructure.</summary>
public static class OptionsRegistration
{
    /// <summary>Binds the sections of <paramref name="configuration"/>; a wrong value stops the host at its start.</summary>
    public static IServiceCollection AddSparsePipelineOptions(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidated<StoreOptions, StoreOptionsValidator>(configuration, StoreOptions.Section)
        .AddValidated<S3Options, S3OptionsValidator>(configuration, S3Options.Section)
        .AddValidated<CollectionOptions, CollectionOptionsValidator>(configuration, CollectionOptions.Section)
        .AddValidated<DataOptions, DataOptionsValidator>(configuration, DataOptions.Section)
        .AddValidated<ClaimOptions, ClaimOptionsValidator>(configuration, ClaimOptions.Section)
        .AddValidated<RunnerOptions, RunnerOptionsValidator>(configuration, RunnerOptions.Section)
        .AddValidated<TrainingSliceOptions, TrainingSliceOptionsValidator>(configuration, TrainingSliceOptions.Section)
        .AddValidated<HostingOptions, HostingOptionsValidator>(configuration, HostingOptions.Section)
        .AddValidated<SeqOptions, SeqOptionsValidator>(configuration, SeqOptions.Section);

    /// <summary>Binds one section; a wrong value stops the host at its start.</summary>
    /// <param name="services">The process's services.</param>
    /// <param name="configuration">Holds the section.</param>
    /// <param name="section">Name of the section.</param>
    /// <param name="name">Name of the options, for classes that several sections are bound to.</param>
    public static IServiceCollection AddValidated<TOptions, TValidator>(
        this IServiceCollection services, IConfiguration configuration, string section, string? name = null)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        services.AddOptions<TOptions>(name).Bind(configuration.GetSection(section)).ValidateOnStart();
        services.AddSingleton(new SettingsSection(section, typeof(TOptions), (provider, options) => Judge(provider, name, (TOptions)options)));
        return services;
    }

    private static IEnumerable<string> Judge<TOptions>(IServiceProvider provider, string? name, TOptions options)
        where TOptions : class =>
        provider.GetServices<IValidateOptions<TOptions>>()
            .Select(validator => validator.Validate(name ?? Microsoft.Extensions.Options.Options.DefaultName, options))
            .SelectMany(result => result.Failures ?? []);
}
