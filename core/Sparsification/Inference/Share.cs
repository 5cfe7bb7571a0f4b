using System.Runtime.InteropServices;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>What one thread does by itself: some inputs times some of the weights.</summary>
/// <param name="FirstInput">The first input.</param>
/// <param name="Inputs">How many; at most <see cref="TileKernel.Width"/> when tiled.</param>
/// <param name="First">The first row, or strip of rows when there are strips and it is not tiled.</param>
/// <param name="End">The row or strip after the last.</param>
/// <param name="Tiled">Whether the inputs go through a tile; else one by one or a few at a time.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Share(int FirstInput, int Inputs, int First, int End, bool Tiled);
