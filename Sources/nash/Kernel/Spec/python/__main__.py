"""Starts the kernel: `python FOLDER -f CONNECTION_FILE`, as kernel.json says."""

from ipykernel.kernelapp import IPKernelApp

from nash_kernel.kernel import NashKernel

# Python's own output is nobody's: without ipykernel's redirection the kernel also ends faster.
IPKernelApp.launch_instance(kernel_class=NashKernel, outstream_class=None)
