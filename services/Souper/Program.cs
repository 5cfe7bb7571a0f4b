using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.ServiceHost;
using SparsePipeline.Souper;

return await WorkerHost.RunAsync(
    SoupSpec.Info.Service, args, (services, configuration) => services.AddStep<SoupSpec, CookSoup, SoupStepHandler>(configuration));
