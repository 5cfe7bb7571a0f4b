using MassTransit.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Souper.Consumers;

namespace SparsePipeline.Souper;

/// <summary>Everything the souper consists of.</summary>
public static class SouperRegistration
{
    private static readonly StepKind<SoupSpec> Kind = new(StepKinds.Soup, SoupSpec.CurrentVersion, "cook-soup",
        order => new CookSoup { RunId = order.RunId, StepKey = order.Key, Spec = order.Spec });

    /// <summary>Adds the worker of soup steps; stores and a bus are added elsewhere.</summary>
    public static IServiceCollection AddSouper(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRunners();
        services.AddStepWorker<SoupSpec, SoupStepHandler>(configuration, "Souper", Kind, _ => 1);
        services.RegisterConsumer<PlanSoupConsumer, PlanSoupConsumerDefinition>();
        services.RegisterConsumer<CookSoupConsumer, CookSoupConsumerDefinition>();
        return services;
    }
}
