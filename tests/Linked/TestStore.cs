using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.TestKit;

/// <summary>The real file store in a folder of the test.</summary>
internal static class TestStore
{
    public static ServiceProvider In(string folder)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Store:Folder", folder)]).Build();
        return new ServiceCollection().AddSparsePipelineOptions(settings).AddStores().BuildServiceProvider();
    }
}
