using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Hosting;

/// <summary>The services of the pipeline. Every list of an installation that must name them is checked against this one by a test.</summary>
public static class PipelineServices
{
    /// <summary>The HTTP door.</summary>
    public const string Gateway = "gateway";

    /// <summary>The services that compute steps, in the order a cycle needs them, and those without steps of their own, each a line here.</summary>
    public static IReadOnlyList<ServiceDescription> All { get; } =
    [
        .. StepKinds.Services.Select(Of),
        new ServiceDescription(Gateway, []),
    ];

    private static ServiceDescription Of(string service) => new(service, [.. StepKinds.Infos.Where(kind => kind.Service == service)]);
}
