using SparsePipeline.Contracts;
using SparsePipeline.Learning;

namespace SparsePipeline.Architecture;

public sealed class MetadataTests
{
    /// <summary>Planners and command lines read it to validate recipes; libtorch takes a second and 300 MB, and may be absent.</summary>
    [Fact]
    public void Reading_the_metadata_of_models_and_schedules_does_not_load_libtorch()
    {
        LearningMethods.All.ShouldContain(m => m.Axis == MethodAxes.Model);

        File.ReadAllText("/proc/self/maps").ShouldNotContain("libtorch");
    }
}
