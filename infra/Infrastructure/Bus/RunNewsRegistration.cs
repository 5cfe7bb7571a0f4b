using MassTransit.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The ear of processes that tell others what happens to runs.</summary>
public static class RunNewsRegistration
{
    /// <summary>Adds <see cref="RunNews"/> and what feeds it; the bus itself is added elsewhere, after this.</summary>
    public static IServiceCollection AddRunNews(this IServiceCollection services)
    {
        services.AddSingleton<RunNews>();
        services.RegisterConsumer<RunNewsConsumer, RunNewsConsumerDefinition>();
        return services;
    }
}
