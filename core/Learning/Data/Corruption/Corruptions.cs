using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data.Corruption.Kinds;

namespace SparsePipeline.Learning.Data.Corruption;

/// <summary>All kinds of corruption; a new one is added here.</summary>
internal static class Corruptions
{
    public static MethodRegistry<ICorruption> Registry { get; } = new(
        MethodAxes.Corruption,
        [
            new Brightness(),
            new Contrast(),
            new DefocusBlur(),
            new Elastic(),
            new Fog(),
            new GaussianBlur(),
            new GaussianNoise(),
            new ImpulseNoise(),
            new Jpeg(),
            new MotionBlur(),
            new Occlusion(),
            new Pixelate(),
            new Rotate(),
            new ShotNoise(),
            new SpeckleNoise(),
            new Translate(),
            new ZoomBlur(),
        ]);
}
